import { z } from 'zod';
import type { ToolProvider } from '@plugboard/sdk';

/** Why a plugin's tool is not taken on. `field` names what is wrong about it. */
export class ToolRefused extends Error {
  readonly code: string;
  readonly field: string;
  constructor(code: string, tool: string, field: string, why: string) {
    super(`tool ${tool}: ${why}`);
    this.name = 'ToolRefused';
    this.code = code;
    this.field = field;
  }
}

/** Whose data a tool touches is said by the desk, so these are no arguments; spelling and case make no difference. */
const people = ['contact', 'user', 'customer', 'visitor', 'person', 'member', 'client', 'requester', 'operator', 'brand', 'conversation', 'ticket', 'session'];
const identities = new Set([
  ...people.flatMap((who) => ['', 'id', 'ids', 'uid', 'uuid', 'key', 'ref', 'name', 'email', 'phone'].map((what) => who + what)),
  'email', 'emailaddress', 'mail', 'phone', 'phonenumber', 'externalid', 'identity', 'idempotencykey', 'onbehalfof', 'actor', 'actorid',
]);

/** Field names that say who somebody is. */
export const isIdentityField = (name: string): boolean => identities.has(name.toLowerCase().replace(/[^a-z]/g, ''));

const namePattern = /^[a-z][a-z0-9-]{0,59}$/;

/** JSON schema of a tool's input. Throws `ToolRefused` for one that cannot be taken on. */
export function toolSchemaOf(tool: Pick<ToolProvider<never>, 'name' | 'effect' | 'scope' | 'input'>): Record<string, unknown> {
  const refuse = (code: string, field: string, why: string) => new ToolRefused(code, String(tool.name), field, why);
  if (!namePattern.test(tool.name)) throw refuse('tool_name', 'name', 'its name has other characters than lower-case letters, digits and hyphens');
  if (!['read', 'write'].includes(tool.effect)) throw refuse('tool_effect', 'effect', 'its effect is neither read nor write');
  if (!['contact', 'conversation', 'desk'].includes(tool.scope)) throw refuse('tool_scope', 'scope', 'its scope is none of contact, conversation and desk');
  const { $schema: _dialect, ...schema } = z.toJSONSchema(tool.input as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  if (schema.type !== 'object') throw refuse('tool_input', 'input', 'its input is no object');
  if (tool.scope === 'desk') return schema;
  const field = Object.keys(schema.properties ?? {}).find(isIdentityField);
  if (field !== undefined) throw refuse('tool_identity', field, `it takes ${field} as an argument, but whose data it touches the desk says: read contactId, conversationId and brandId from the call`);
  return schema;
}
