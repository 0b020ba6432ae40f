import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { audit } from '../audit/index.ts';
import { endSessions, hashPassword, Operator, readOperator, verifyPassword } from '../operators/index.ts';
import { changePermissions } from '../roles/index.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export interface PasswordChange { current: string; next: string; ip: string }

/** Changes one's own password and signs all other devices out. Guesses at the present one count like sign-ins. */
export async function changePassword(ctx: ActionContext, limits: SignInLimits, actor: OperatorActor, input: PasswordChange): Promise<void> {
  const operator = await readOperator(ctx.db, actor.id);
  await limits.take(operator.email, input.ip);
  if (!(await verifyPassword(operator.password_hash, input.current))) {
    await limits.failed(operator.email);
    throw invalid('current', 'wrong_password');
  }
  await limits.succeeded(operator.email, input.ip);
  const passwordHash = await hashPassword(input.next);
  await changePermissions(ctx, actor.id, async (tx) => {
    await Operator.query(tx.db).findById(operator.id).patch({ password_hash: passwordHash });
    await endSessions(tx, operator.id, actor.sessionId ?? undefined);
    await audit(tx, 'operator.changed', { type: 'operator', id: actor.id }, { password: 'changed' }, input.ip);
  });
}
