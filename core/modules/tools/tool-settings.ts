import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { execute } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { ToolDto, ToolSettingsBody } from '../../shared/tools.ts';
import { audit } from '../audit/index.ts';
import { findKnownTool, labelOf, listKnownTools, type KnownTool } from './known-tools.ts';
import { roleUidOf, ruleFor, selectToolSettings, type ToolSettings } from './tool-rules.ts';

/** Every tool for those who decide about them; for others the ones that they may use. */
export async function listTools(ctx: ActionContext): Promise<ToolDto[]> {
  const [settingsOf, role] = [await selectToolSettings(ctx.db), await roleUidOf(ctx.db, ctx.actor)];
  const isManager = ctx.can('tool.manage');
  return listKnownTools(ctx.kernel)
    .map((tool) => present(ctx, tool, settingsOf(tool.id), role))
    .filter(({ mine }) => isManager || mine !== 'never')
    .map((tool) => (isManager ? tool : { ...tool, rules: { assistants: {}, roles: {} } }));
}

function present(ctx: ActionContext, tool: KnownTool, settings: ToolSettings, role: string): ToolDto {
  const { provider: { pluginTexts, pluginName, name, description, effect, scope, schema }, id, pluginId } = tool;
  return {
    id, pluginId, pluginName: pluginText(pluginTexts, pluginName, ctx.locale), name, label: labelOf(tool, ctx.locale), description, effect, scope, input: { ...schema },
    isEnabled: settings.isEnabled, rules: settings.rules,
    mine: settings.isEnabled && ctx.can('tool.run') ? ruleFor(tool, settings, 'roles', role) : 'never',
  };
}

/** Switches a tool on or off and says who may do what with it. */
export async function changeTool(ctx: ActionContext, id: string, { isEnabled, rules }: ToolSettingsBody): Promise<ToolDto> {
  ctx.authorize('tool.manage');
  const tool = findKnownTool(ctx.kernel, id);
  if (!tool) throw notFound('tool');
  const values = [isEnabled ? 1 : 0, JSON.stringify(rules), tool.provider.effect, ctx.now];
  const update = async (tx: ActionContext) => (await execute(tx.db, 'UPDATE tool_settings SET is_enabled = ?, rules = ?, effect = ?, updated_at = ? WHERE tool_id = ?', [...values, id])).changes;
  await ctx.transaction(async (tx) => {
    if (await update(tx) === 0) {
      await execute(tx.db, 'INSERT INTO tool_settings (is_enabled, rules, effect, updated_at, tool_id) VALUES (?, ?, ?, ?, ?)', [...values, id])
        .catch((error: unknown) => { if (!isUniqueViolation(error)) throw error; return update(tx); });
    }
    await audit(tx, 'tool.changed', { type: 'tool', id }, { isEnabled, rules });
  });
  return present(ctx, tool, { isEnabled, rules, effect: tool.provider.effect }, await roleUidOf(ctx.db, ctx.actor));
}
