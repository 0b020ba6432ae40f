import type { CallActor } from '@plugboard/sdk';
import type { OutboxEntry } from '../outbox/outbox.ts';
import type { EventOrigin } from './event-origin.ts';

/** What the job of one handler carries. */
export interface EventJob { payload: Record<string, unknown>; eventId: string; occurredAt: string; actor: CallActor; depth: number }

export const eventJob = (pluginId: string, event: string, index: number): string => `plugin:${pluginId}:on:${event}:${index}`;

/**
 * One job for each handler of each plugin (`listening`: plugin → number of handlers). A repeat of the event is a repeat
 * of the job's id.
 */
export function eventJobs(entry: OutboxEntry, listening: ReadonlyMap<string, number>): { name: string; id: string; data: EventJob }[] {
  const { $origin, ...payload } = entry.payload as Record<string, unknown> & { $origin?: EventOrigin };
  const data: EventJob = {
    payload, eventId: entry.eventId, occurredAt: new Date(entry.createdAt).toISOString(),
    actor: $origin?.actor ?? { type: 'system', id: null }, depth: $origin?.depth ?? 0,
  };
  return [...listening].flatMap(([pluginId, handlers]) => Array.from({ length: handlers }, (_, index) => (
    { name: eventJob(pluginId, entry.name, index), id: `${entry.eventId}:${pluginId}:${index}`, data })));
}
