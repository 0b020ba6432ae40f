import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { system } from '../../kernel/policy/actor.ts';
import { hasOperators } from '../operators/index.ts';
import { activateFirstPlugins } from './first-plugins.ts';
import { foundDesk } from './found-desk.ts';
import type { SetupDeps } from './setup-deps.ts';
import { setupToken } from './setup-token.ts';

/**
 * Runs at each start, once the desk serves. With PLUGBOARD_ADMIN_EMAIL it founds the desk unattended; else it answers the
 * one-time link of the wizard for as long as nobody has used it.
 */
export async function prepareSetup(kernel: Kernel, deps: SetupDeps): Promise<{ setupUrl: string } | null> {
  const ctx = createActionContext(kernel, system);
  if (!(await hasOperators(ctx.db))) {
    const first = kernel.config.firstOperator;
    if (!first) return { setupUrl: `${kernel.config.publicUrl}/admin/setup?token=${await setupToken(kernel)}` };
    await foundUnattended(ctx, first);
  }
  await activateFirstPlugins(ctx, deps);
  return null;
}

async function foundUnattended(ctx: ActionContext, { email, password }: { email: string; password: string }): Promise<void> {
  try {
    await foundDesk(ctx, {
      operator: { name: email.split('@', 1)[0] ?? email, email, password },
      brand: { name: 'Support', slug: 'support', locale: 'en', color: '#06548c' },
    });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof AppError && error.code === 'setup_closed')) throw error;
  }
}
