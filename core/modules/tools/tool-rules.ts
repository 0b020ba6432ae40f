import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import type { ToolRule } from '../../shared/tools.ts';
import type { KnownTool } from './known-tools.ts';
import type { ToolRules, ToolSettingsRow } from './tool-call.model.ts';

export interface ToolSettings { isEnabled: boolean; rules: ToolRules; /** What the tool did when an admin decided. */ effect: 'read' | 'write' | null }
const off: ToolSettings = { isEnabled: false, rules: { assistants: {}, roles: {} }, effect: null };

const settingsOf = (row: ToolSettingsRow): ToolSettings => ({ isEnabled: row.is_enabled === 1, rules: JSON.parse(row.rules) as ToolRules, effect: row.effect });

export async function findToolSettings(db: Knex, toolId: string): Promise<ToolSettings> {
  const [row] = await selectRows<ToolSettingsRow>(db, 'SELECT * FROM tool_settings WHERE tool_id = ?', [toolId]);
  return row ? settingsOf(row) : off;
}

/** Settings of every tool that somebody decided about. */
export async function selectToolSettings(db: Knex): Promise<(toolId: string) => ToolSettings> {
  const rows = await selectRows<ToolSettingsRow>(db, 'SELECT * FROM tool_settings');
  const byId = new Map(rows.map((row) => [row.tool_id, settingsOf(row)]));
  return (toolId) => byId.get(toolId) ?? off;
}

/** What reads runs at once and what writes is asked for, unless an admin said otherwise. */
const usual = (effect: 'read' | 'write'): ToolRule => (effect === 'read' ? 'auto' : 'ask');

/** The rule for one assistant or role. "At once" was meant for a tool that read: if it writes by now, a person is asked. */
export function ruleFor({ provider }: KnownTool, settings: ToolSettings, kind: keyof ToolRules, id: string): ToolRule {
  const { [kind]: rules } = settings.rules;
  const rule = (Object.hasOwn(rules, id) ? rules[id] : undefined) ?? rules['*'] ?? usual(provider.effect);
  return rule === 'auto' && provider.effect === 'write' && settings.effect !== 'write' ? 'ask' : rule;
}

/** Public id of the role that an operator has now. */
export async function roleUidOf(db: Knex, actor: Actor): Promise<string> {
  if (!isStaff(actor)) return '';
  const [row] = await selectRows<{ uid: string }>(db, 'SELECT r.uid FROM operators o JOIN roles r ON r.id = o.role_id WHERE o.id = ?', [actor.rowId]);
  return row?.uid ?? '';
}
