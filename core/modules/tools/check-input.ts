import type { ToolCall } from '@plugboard/sdk';
import { isIdentityField } from '../../kernel/plugins/tool-input.ts';
import type { KnownTool } from './known-tools.ts';
import { toolLimits } from './tool-call.model.ts';

export interface InputIssue { path: string; message: string }
export type CheckedInput = { data: never } | { issues: InputIssue[] };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was asked for, read by the tool's own schema. Fields that it does not name are refused, not dropped: whoever asks is to know. */
export async function checkInput({ provider }: KnownTool, input: unknown, call: ToolCall): Promise<CheckedInput> {
  if (!isObject(input)) return { issues: [{ path: '', message: 'an object is expected' }] };
  if (Buffer.byteLength(JSON.stringify(input)) > toolLimits.inputBytes) return { issues: [{ path: '', message: 'too large' }] };
  const { properties = {}, additionalProperties } = provider.schema as { properties?: object; additionalProperties?: unknown };
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const unknown = Object.keys(input).find((key) => !Object.hasOwn(properties, key) && (!isOpen || (provider.scope !== 'desk' && isIdentityField(key))));
  if (unknown !== undefined) return { issues: [{ path: unknown.slice(0, 100), message: 'unknown field' }] };
  return provider.check(input, call);
}

export const issuesText = (issues: readonly InputIssue[]): string =>
  `invalid_input: ${issues.slice(0, 5).map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')}`.slice(0, 500);
