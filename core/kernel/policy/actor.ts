import type { Scope } from '../../shared/people.ts';

/**
 * Who acts. It travels with every call, so that permission is decided where the data is.
 * `id` is the public id, `rowId` the internal one.
 */
export type Actor = OperatorActor | ContactActor | PluginActor | SystemActor | NobodyActor;

export interface OperatorActor {
  readonly type: 'operator' | 'assistant' | 'token';
  readonly id: string;
  readonly rowId: number;
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
  readonly scope: Scope;
  readonly brandIds: 'all' | ReadonlySet<number>;
  readonly departmentIds: ReadonlySet<number>;
  readonly sessionId: number | null;
}
export interface ContactActor { readonly type: 'contact'; readonly id: string; readonly rowId: number; readonly brandId: number; readonly name: string }
/** A plugin's own action. `depth` counts how many plugin actions led to it; past 8 they are refused. */
export interface PluginActor { readonly type: 'plugin'; readonly id: string; readonly permissions: ReadonlySet<string>; readonly depth: number }
export interface SystemActor { readonly type: 'system'; readonly id: null }
export interface NobodyActor { readonly type: 'nobody'; readonly id: null }

export const system: SystemActor = { type: 'system', id: null };
export const nobody: NobodyActor = { type: 'nobody', id: null };

/** People who answer: operators, assistants and API tokens, which carry an operator's permissions. */
export function isStaff(actor: Actor): actor is OperatorActor {
  return actor.type === 'operator' || actor.type === 'assistant' || actor.type === 'token';
}

/** Has this person, or the token that carries their permissions, been given the permission? `*` holds them all. */
export function holds(actor: Actor, permission: string): actor is OperatorActor {
  return isStaff(actor) && (actor.permissions.has('*') || actor.permissions.has(permission));
}
