import type { ActionContext } from '../../kernel/context.ts';
import { hashToken, newId, newToken } from '../../kernel/ids.ts';
import { Session, sessionEnd } from './session.model.ts';

/** Where somebody signs in from. */
export interface SignInOrigin { ip: string; userAgent: string }

/** Makes a session and answers the token of its cookie, which is known here and nowhere else. */
export async function openSession(tx: ActionContext, operatorId: number, origin: SignInOrigin): Promise<{ token: string; id: string }> {
  const token = newToken('pb_ses');
  const uid = newId();
  await Session.query(tx.db).insert({
    uid,
    operator_id: operatorId,
    token_hash: hashToken(token),
    created_at: tx.now,
    last_used_at: tx.now,
    expires_at: sessionEnd(tx.now, tx.now),
    ip: origin.ip.slice(0, 45),
    user_agent: origin.userAgent.slice(0, 300),
  });
  return { token, id: uid };
}
