import type { ActionContext } from '../../kernel/context.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { audit } from '../audit/index.ts';

/** The switch. Answers once every process that lives has followed. */
export async function setActivation(ctx: ActionContext, host: PluginHost, input: { id: string; active: boolean; consent: readonly string[] }): Promise<void> {
  ctx.authorize('plugin.manage');
  const { id, active, consent } = input;
  if (active) await host.admin.activate(id, consent);
  else await host.admin.deactivate(id);
  await audit(ctx, active ? 'plugin.activate' : 'plugin.deactivate', { type: 'plugin', id }, active ? { consent } : {});
  await ctx.emit(active ? 'plugin.activated' : 'plugin.deactivated', { pluginId: id });
}

export async function removePlugin(ctx: ActionContext, host: PluginHost, input: { id: string; deleteData: boolean }): Promise<void> {
  ctx.authorize('plugin.manage');
  await host.admin.remove(input.id, input.deleteData);
  await audit(ctx, 'plugin.remove', { type: 'plugin', id: input.id }, { deleteData: input.deleteData });
}

export async function releaseQuarantine(ctx: ActionContext, host: PluginHost, input: { id: string }): Promise<void> {
  ctx.authorize('plugin.manage');
  await host.admin.release(input.id);
  await audit(ctx, 'plugin.release', { type: 'plugin', id: input.id });
}
