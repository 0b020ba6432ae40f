import type { DeviceDto, Preferences, SessionDto } from '../../shared/people.ts';
import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { presentOperator, readOperator, type OperatorRow } from '../operators/index.ts';
import type { Session } from './session.model.ts';

type StoredPreferences = Partial<Omit<Preferences, 'locale'>>;

export function preferencesOf(operator: Pick<OperatorRow, 'preferences' | 'locale'>): Preferences {
  const stored = JSON.parse(operator.preferences) as StoredPreferences;
  return { mode: stored.mode ?? 'system', sounds: stored.sounds ?? true, panes: stored.panes ?? {}, locale: operator.locale };
}

export async function presentSession(ctx: ActionContext, actor: OperatorActor): Promise<SessionDto> {
  const operator = await readOperator(ctx.db, actor.id);
  return {
    operator: await presentOperator(ctx.db, operator),
    permissions: [...actor.permissions].sort(),
    scope: actor.scope,
    preferences: preferencesOf(operator),
  };
}

export function presentDevice(session: Session, currentId: number | null): DeviceDto {
  return {
    id: session.uid,
    ip: session.ip,
    userAgent: session.user_agent,
    createdAt: new Date(session.created_at).toISOString(),
    lastUsedAt: new Date(session.last_used_at).toISOString(),
    isCurrent: session.id === currentId,
  };
}
