import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { DeviceDto } from '../../shared/people.ts';
import { Session } from './session.model.ts';
import { presentDevice } from './session.presenter.ts';

/** Where one is signed in, last used first. */
export async function listDevices(ctx: ActionContext, actor: OperatorActor): Promise<DeviceDto[]> {
  const sessions = await Session.query(ctx.db).where({ operator_id: actor.rowId }).where('expires_at', '>', ctx.now).orderBy('last_used_at', 'desc');
  return sessions.map((session) => presentDevice(session, actor.sessionId));
}
