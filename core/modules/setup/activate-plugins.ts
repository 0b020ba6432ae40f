import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { SetupDeps } from './setup-deps.ts';

export interface PluginOutcome { id: string; isActive: boolean; code?: string }

/** Switches plugins on one after the other, with consent to all they ask for. One that fails does not stop the others. */
export async function activatePlugins(ctx: ActionContext, deps: SetupDeps, ids: readonly string[]): Promise<PluginOutcome[]> {
  const known = new Map((await deps.listPlugins(ctx)).map((plugin) => [plugin.id, plugin]));
  const outcomes: PluginOutcome[] = [];
  for (const id of new Set(ids)) {
    const plugin = known.get(id);
    outcomes.push(plugin ? await activate(ctx, deps, id, plugin.permissions) : { id, isActive: false, code: 'plugin_unknown' });
  }
  return outcomes;
}

async function activate(ctx: ActionContext, deps: SetupDeps, id: string, consent: readonly string[]): Promise<PluginOutcome> {
  try {
    await deps.activatePlugin(ctx, id, consent);
    return { id, isActive: true };
  } catch (error) {
    ctx.log.error({ err: error, plugin: id }, 'the plugin could not be switched on at set-up');
    return { id, isActive: false, code: error instanceof AppError ? error.code : 'internal' };
  }
}
