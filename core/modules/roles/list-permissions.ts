import type { ActionContext } from '../../kernel/context.ts';
import { permissions, type PermissionDto } from '../../shared/people.ts';

/** An ability that a plugin on this desk brings, its label in the reader's language. */
export interface PluginAbility { pluginId: string; id: string; label: string }
export type ListAbilities = (ctx: ActionContext) => Promise<PluginAbility[]> | PluginAbility[];

/** Everything a role can be made of: the core's own list, then what plugins add as `<plugin>.<ability>`. */
export async function listPermissions(ctx: ActionContext, listAbilities: ListAbilities): Promise<PermissionDto[]> {
  const abilities = await listAbilities(ctx);
  return [
    ...permissions.map((id) => ({ id, label: ctx.kernel.i18n.t(`permissions:${id}`, ctx.locale), group: id.split('.')[0] ?? id, pluginId: null })),
    ...abilities.map(({ pluginId, id, label }) => ({ id: `${pluginId}.${id}`, label, group: pluginId, pluginId })),
  ];
}
