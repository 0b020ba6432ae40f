import type { BrandDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, conflict } from '../../kernel/errors.ts';
import type { OperatorDto, SetupBody } from '../../shared/people.ts';
import { hasOperators } from '../operators/index.ts';
import { openSession, type SignInOrigin } from '../sessions/index.ts';
import { activatePlugins, type PluginOutcome } from './activate-plugins.ts';
import { closeFirstPlugins } from './first-plugins.ts';
import { foundDesk } from './found-desk.ts';
import type { SetupDeps } from './setup-deps.ts';
import { isSetupToken } from './setup-token.ts';

export interface SetupResult { operator: OperatorDto; brand: BrandDto; plugins: PluginOutcome[]; sessionToken: string }

/** The wizard's last step: founds the desk, signs its owner in and switches the chosen plugins on. */
export async function completeSetup(ctx: ActionContext, deps: SetupDeps, input: SetupBody, origin: SignInOrigin): Promise<SetupResult> {
  if (await hasOperators(ctx.db)) throw conflict('setup_closed');
  if (!(await isSetupToken(ctx.kernel, input.token))) throw new AppError(403, 'setup_token');
  const { operator, brand, actor } = await foundDesk(ctx, input);
  const owner = ctx.as(actor);
  const session = await owner.transaction((tx) => openSession(tx, actor.rowId, origin));
  await closeFirstPlugins(ctx.kernel);
  const plugins = await activatePlugins(owner, deps, input.plugins);
  return { operator, brand, plugins, sessionToken: session.token };
}
