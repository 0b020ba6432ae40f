import type { CallActor } from '@plugboard/sdk';
import type { Actor } from '../policy/actor.ts';

/** Who made a fact, and how many plugin actions led to it. It travels with the event under `$origin`. */
export interface EventOrigin { actor: CallActor; depth: number }

/** An actor as plugins see it: no permissions, no internal id. */
export const callActor = (actor: Actor): CallActor => ({ type: actor.type, id: actor.id });

export const originOf = (actor: Actor): EventOrigin => ({ actor: callActor(actor), depth: actor.type === 'plugin' ? actor.depth : 0 });
