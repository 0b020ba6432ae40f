import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { activatePlugins } from './activate-plugins.ts';
import type { SetupDeps } from './setup-deps.ts';

const scope = 'core';
const key = 'setup.firstPlugins';

const done = async (kernel: Kernel): Promise<string[]> => (await kernel.settings.get<string[]>(scope, key)) ?? [];

/** Notes that the plugins of PLUGBOARD_PLUGINS had their turn: from now on the admin decides. */
export async function closeFirstPlugins(kernel: Kernel): Promise<void> {
  const ids = kernel.config.firstPlugins;
  if (ids.length > 0) await kernel.settings.set(scope, { [key]: [...new Set([...await done(kernel), ...ids])] });
}

/** Switches each plugin of PLUGBOARD_PLUGINS on once in the life of the desk, on one process. */
export async function activateFirstPlugins(ctx: ActionContext, deps: SetupDeps): Promise<void> {
  const { kernel } = ctx;
  const waiting = async () => {
    const before = await done(kernel);
    return kernel.config.firstPlugins.filter((id) => !before.includes(id));
  };
  if ((await waiting()).length === 0) return;
  await kernel.locks.run('setup.firstPlugins', async () => {
    const ids = await waiting();
    if (ids.length === 0) return;
    await activatePlugins(ctx, deps, ids);
    await closeFirstPlugins(kernel);
  });
}
