import type { Kernel } from '../../kernel/context.ts';
import { hashToken } from '../../kernel/ids.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { loadActorByRowId } from '../operators/index.ts';
import { actorCache } from '../roles/index.ts';
import { Session, sessionEnd } from './session.model.ts';

const touchEveryMs = 5 * 60 * 1000;

/** Who a session cookie belongs to, or null. Fast: what was found holds for at most two seconds, and ends at once with a change. */
export function resolveSession(kernel: Kernel, token: string): Promise<OperatorActor | null> {
  const tokenHash = hashToken(token);
  return actorCache(kernel).get(`session:${tokenHash}`, () => load(kernel, tokenHash));
}

/** The same, read from the database now: for whoever was just told that something changed. */
export const loadSession = (kernel: Kernel, token: string): Promise<OperatorActor | null> => load(kernel, hashToken(token));

async function load(kernel: Kernel, tokenHash: string): Promise<OperatorActor | null> {
  const db = kernel.db.knex;
  const session = await Session.query(db).findOne({ token_hash: tokenHash });
  const now = Date.now();
  if (!session || session.expires_at <= now) return null;
  const actor = await loadActorByRowId(kernel, session.operator_id, { sessionId: session.id });
  if (actor && now - session.last_used_at > touchEveryMs) await touch(kernel, session, now);
  return actor;
}

/** Moves the end of the session on. A database that cannot be written keeps nobody from reading. */
async function touch({ db: { knex }, log }: Kernel, session: Session, now: number): Promise<void> {
  try {
    await Session.query(knex).findById(session.id).patch({ last_used_at: now, expires_at: sessionEnd(session.created_at, now) });
    await knex('operators').where({ id: session.operator_id }).update({ last_seen_at: now });
  } catch (error) {
    log.warn({ err: error }, 'the last use of a session could not be noted');
  }
}
