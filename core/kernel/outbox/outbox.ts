import type { Knex } from 'knex';

export interface OutboxEntry { id: number; kind: 'event' | 'broadcast'; name: string; payload: Record<string, unknown>; eventId: string; createdAt: number }

/**
 * Facts written in the transaction that made them true. After commit
 * - every process tails the table and gives `broadcast` rows to its own sockets, so that a lost hint costs at most 2 s;
 * - one process claims each `event` row, under a lease, and turns it into jobs for those who listen.
 */
export interface Outbox {
  add(trx: Knex, entry: { kind: 'event' | 'broadcast'; name: string; payload: Record<string, unknown> }): Promise<void>;
  /** Tells this process and the others that rows wait; the transaction helper calls it after commit. */
  nudge(): void;
  /** Called in every process for every broadcast, in commit order per conversation, at least once. */
  onBroadcast(handler: (entry: OutboxEntry) => Promise<void>): void;
  /** Called in one process for each event, at least once. */
  onEvent(handler: (entry: OutboxEntry) => Promise<void>): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}
