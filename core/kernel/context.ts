import type { EventHooks, EventName } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { Bus } from './bus/bus.ts';
import type { Config } from './config/config.ts';
import type { Database } from './db/database.ts';
import type { FileStore } from './files/files.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { I18n } from './i18n/i18n.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Locks } from './locks/locks.ts';
import type { Log } from './log/log.ts';
import type { Mail } from './mail/mail.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Actor } from './policy/actor.ts';
import type { Policies } from './policy/policy.ts';
import type { Realtime } from './realtime/realtime.ts';
import type { Search } from './search/search.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Settings } from './settings/settings.ts';

/** Everything without business words that the modules stand on. Made once, in app.ts. */
export interface Kernel {
  readonly config: Config;
  readonly log: Log;
  readonly db: Database;
  readonly outbox: Outbox;
  readonly jobs: Jobs;
  readonly bus: Bus;
  readonly locks: Locks;
  readonly hooks: Hooks;
  readonly policies: Policies;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly i18n: I18n;
  readonly realtime: Realtime;
  readonly mail: Mail;
  readonly files: FileStore;
  readonly search: Search;
}

/**
 * What a command gets: who acts, where to write, and the kernel. A command is a function
 * `(ctx, input) => result`; inside `transaction` the given context writes in that transaction.
 */
export interface ActionContext {
  readonly actor: Actor;
  readonly kernel: Kernel;
  readonly log: Log;
  /** Knex, or the running transaction: give it to `Model.query(ctx.db)`. */
  readonly db: Knex;
  readonly inTransaction: boolean;
  readonly locale: string;
  /** Milliseconds since 1970; one value for the whole action. */
  readonly now: number;
  can(action: string, object?: unknown): boolean;
  /** Throws 403 (401 for nobody) when the policy refuses. Use 404 yourself where existence is a secret. */
  authorize(action: string, object?: unknown): void;
  /** Same actor and time, in one transaction; joins the running one. Retried on a deadlock, so no effects outside. */
  transaction<T>(work: (tx: ActionContext) => Promise<T>): Promise<T>;
  /** A fact, stored in this transaction and told to plugins after commit. */
  emit<N extends EventName>(event: N, payload: EventHooks[N]): Promise<void>;
  /** A change that open screens must see, stored in this transaction and sent after commit. */
  broadcast(topic: string, payload: Record<string, unknown>): Promise<void>;
  as(actor: Actor): ActionContext;
}
