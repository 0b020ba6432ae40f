import type { Bus } from '../bus/bus.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../ids.ts';
import { createLocks } from '../locks/create-locks.ts';
import type { Log } from '../log/log.ts';
import { addRow } from './add-row.ts';
import { BroadcastTail } from './broadcast-tail.ts';
import { EventRelay } from './event-relay.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

export interface OutboxOptions {
  db: Database;
  bus: Bus;
  log: Log;
  /** Name of this process. */
  process: string;
  /** Lease of a claimed event; 30 s unless told. */
  leaseMs?: number;
  /** How long a broadcast is kept; 10 min unless told. */
  keepMs?: number;
}

const hintTopic = 'outbox';

/** The outbox on the tables `outbox` (events) and `broadcasts`. */
export function createOutbox({ db, bus, log, process, leaseMs = 30_000, keepMs = 600_000 }: OutboxOptions): Outbox {
  const broadcastHandlers: ((entry: OutboxEntry) => Promise<void>)[] = [];
  const eventHandlers: ((entry: OutboxEntry) => Promise<void>)[] = [];
  const all = (handlers: typeof eventHandlers) => async (entry: OutboxEntry) => {
    for (const handler of handlers) await handler(entry);
  };
  const tail = new BroadcastTail({ db, log, locks: createLocks({ db, log, process }), handle: all(broadcastHandlers), keepMs });
  const relay = new EventRelay({ db, log, handle: all(eventHandlers), leaseMs });
  const origin = newId();
  const wake = () => {
    tail.poller.wake();
    relay.poller.wake();
  };
  let isHinting = false;
  let unsubscribe: (() => void) | undefined;
  return {
    add: addRow,
    nudge() {
      wake();
      if (isHinting) return;
      isHinting = true;
      setImmediate(() => {
        isHinting = false;
        void bus.publish(hintTopic, origin);
      });
    },
    onBroadcast: (handler) => void broadcastHandlers.push(handler),
    onEvent: (handler) => void eventHandlers.push(handler),
    async start() {
      unsubscribe = bus.subscribe(hintTopic, (from) => {
        if (from !== origin) wake();
      });
      await tail.start();
      await relay.start();
    },
    async stop() {
      unsubscribe?.();
      await relay.stop();
      await tail.stop();
    },
  };
}
