import type { Kernel } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';

interface Entry { actor: Promise<OperatorActor | null>; known: OperatorActor | null; until: number }

const lifeMs = 2_000;
const maxEntries = 5_000;

/**
 * Who is behind a cookie or a token, for at most two seconds. A change of permissions empties it at once through the
 * bus; the short life is for a hint that got lost. Unknown tokens are never remembered.
 */
export class ActorCache {
  readonly #entries = new Map<string, Entry>();

  get(key: string, load: () => Promise<OperatorActor | null>): Promise<OperatorActor | null> {
    const found = this.#entries.get(key);
    if (found && found.until > performance.now()) return found.actor;
    if (this.#entries.size >= maxEntries) this.#entries.clear();
    const entry: Entry = { actor: load(), known: null, until: performance.now() + lifeMs };
    this.#entries.set(key, entry);
    entry.actor.then((actor) => {
      entry.known = actor;
      if (!actor) this.#drop(key, entry);
    }, () => this.#drop(key, entry));
    return entry.actor;
  }

  /** Forgets one operator, or everybody. What is being read at this moment may be old already and goes too. */
  forget(operatorId: string | null): void {
    for (const [key, { known }] of this.#entries) {
      if (operatorId === null || known === null || known.id === operatorId) this.#entries.delete(key);
    }
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

const caches = new WeakMap<Kernel, ActorCache>();

/** The cache of one kernel: a process has one, tests have several. */
export function actorCache(kernel: Kernel): ActorCache {
  let cache = caches.get(kernel);
  if (!cache) caches.set(kernel, cache = new ActorCache());
  return cache;
}
