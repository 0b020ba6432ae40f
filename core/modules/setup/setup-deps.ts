import type { ActionContext } from '../../kernel/context.ts';
import type { SetupState } from '../../shared/people.ts';

/** What the wizard needs of the plugin host, which stands beside the modules and not below them. */
export interface SetupDeps {
  listPlugins(ctx: ActionContext): Promise<SetupState['plugins']>;
  /** Switches a plugin on with consent to these permissions; settles once it took effect. */
  activatePlugin(ctx: ActionContext, pluginId: string, consent: readonly string[]): Promise<void>;
}
