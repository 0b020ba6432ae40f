import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { hashToken } from '../../kernel/ids.ts';
import type { OperatorDto } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { findOperator, loadActorByRowId, Operator, presentOperator, verifyPassword, type OperatorRow } from '../operators/index.ts';
import { openSession, type SignInOrigin } from './open-session.ts';
import { Session } from './session.model.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export interface SignInInput { email: string; password: string; origin: SignInOrigin; /** A session that this one takes the place of. */ replaces: string | null }

/** Signs an operator in by password. A wrong address and a wrong password are told, and timed, alike. */
export async function signIn(ctx: ActionContext, limits: SignInLimits, input: SignInInput): Promise<{ operator: OperatorDto; token: string }> {
  const { email, origin } = input;
  await limits.take(email, origin.ip);
  const operator = await findOperator(ctx.db, { email });
  const isPassword = await verifyPassword(operator?.password_hash, input.password);
  if (!operator || !isPassword || operator.is_active !== 1) {
    await limits.failed(email);
    await audit(ctx, 'session.refused', operator ? { type: 'operator', id: operator.uid } : null, {}, origin.ip);
    throw new AppError(401, 'sign_in_failed');
  }
  await askPlugins(ctx, operator, origin.ip);
  await limits.succeeded(email, origin.ip);
  return begin(ctx, operator, input);
}

async function askPlugins(ctx: ActionContext, operator: OperatorRow, ip: string): Promise<void> {
  const answer = await ctx.kernel.hooks.guard('operator.sign-in', { operatorId: operator.uid }, { type: 'nobody', id: null }, ctx.locale);
  if (answer.allowed) return;
  await audit(ctx, 'session.refused', { type: 'operator', id: operator.uid }, { plugin: answer.pluginId ?? null }, ip);
  throw new AppError(403, 'sign_in_refused', answer.reason ? { detail: answer.reason } : {});
}

async function begin(ctx: ActionContext, operator: OperatorRow, input: SignInInput): Promise<{ operator: OperatorDto; token: string }> {
  const actor = await loadActorByRowId(ctx.kernel, operator.id);
  return ctx.transaction(async (tx) => {
    if (input.replaces) await Session.query(tx.db).delete().where({ token_hash: hashToken(input.replaces) });
    const { token } = await openSession(tx, operator.id, input.origin);
    await Operator.query(tx.db).findById(operator.id).patch({ last_seen_at: tx.now });
    await audit(actor ? tx.as(actor) : tx, 'session.opened', { type: 'operator', id: operator.uid }, {}, input.origin.ip);
    await tx.emit('operator.signed-in', { operatorId: operator.uid });
    return { operator: await presentOperator(tx.db, { ...operator, last_seen_at: tx.now } as OperatorRow), token };
  });
}
