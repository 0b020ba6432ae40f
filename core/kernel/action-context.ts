import type { EventHooks, EventName } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { ActionContext, Kernel } from './context.ts';
import { forbidden, unauthenticated } from './errors.ts';
import { originOf } from './hooks/event-origin.ts';
import type { Log } from './log/log.ts';
import type { Actor } from './policy/actor.ts';

export interface ContextOptions { locale?: string; now?: number; log?: Log }

/** Makes the context of one action: one HTTP request, one socket event, one job. */
export function createActionContext(kernel: Kernel, actor: Actor, options: ContextOptions = {}): ActionContext {
  return new Action(kernel, actor, kernel.db.knex, false, {
    locale: options.locale ?? 'en',
    now: options.now ?? Date.now(),
    log: options.log ?? kernel.log,
  });
}

class Action implements ActionContext {
  readonly kernel: Kernel;
  readonly actor: Actor;
  readonly db: Knex;
  readonly inTransaction: boolean;
  readonly #frame: Required<ContextOptions>;

  constructor(kernel: Kernel, actor: Actor, db: Knex, inTransaction: boolean, frame: Required<ContextOptions>) {
    this.kernel = kernel;
    this.actor = actor;
    this.db = db;
    this.inTransaction = inTransaction;
    this.#frame = frame;
  }

  get log(): Log { return this.#frame.log; }
  get locale(): string { return this.#frame.locale; }
  get now(): number { return this.#frame.now; }

  can(action: string, object?: unknown): boolean {
    return this.kernel.policies.can(this.actor, action, object);
  }

  authorize(action: string, object?: unknown): void {
    if (this.can(action, object)) return;
    throw this.actor.type === 'nobody' ? unauthenticated() : forbidden(action);
  }

  async transaction<T>(work: (tx: ActionContext) => Promise<T>): Promise<T> {
    if (this.inTransaction) return work(this);
    const result = await this.kernel.db.transaction((trx) => work(new Action(this.kernel, this.actor, trx, true, this.#frame)));
    this.kernel.outbox.nudge();
    return result;
  }

  async emit<N extends EventName>(event: N, payload: EventHooks[N]): Promise<void> {
    await this.#write('event', event, { ...payload, $origin: originOf(this.actor) });
  }

  async broadcast(topic: string, payload: Record<string, unknown>): Promise<void> {
    await this.#write('broadcast', topic, payload);
  }

  as(actor: Actor): ActionContext {
    return new Action(this.kernel, actor, this.db, this.inTransaction, this.#frame);
  }

  async #write(kind: 'event' | 'broadcast', name: string, payload: Record<string, unknown>): Promise<void> {
    await this.kernel.outbox.add(this.db, { kind, name, payload });
    if (!this.inTransaction) this.kernel.outbox.nudge();
  }
}
