import { expect } from 'vitest';
import type { MessageDto } from '../../core/shared/conversations.ts';
import type { Visitor } from './visitor.ts';

/** Everything an operator can read of a conversation, in order. */
export async function readThread(url: string, headers: Record<string, string>, conversationId: string): Promise<MessageDto[]> {
  const all: MessageDto[] = [];
  for (;;) {
    const afterSeq = all.at(-1)?.seq ?? 0;
    const response = await fetch(`${url}/api/v1/conversations/${conversationId}/messages?afterSeq=${afterSeq}&limit=100`, { headers });
    if (!response.ok) throw new Error(`thread: ${response.status} ${await response.text()}`);
    const { data } = await response.json() as { data: MessageDto[] };
    if (data.length === 0) return all;
    all.push(...data);
  }
}

/** What a visitor sent, was told, and has on its screen. */
export type VisitorRecord = Pick<Visitor, 'sent' | 'seen' | 'oddities'>;

/**
 * What the delivery contract promises of one visitor's thread, as far as it can be told from outside. `answers` is what
 * the desk said, in its order, where a test knows it. Each message of a test has words of its own.
 */
export function checkHistory(visitor: VisitorRecord, thread: readonly MessageDto[], answers?: readonly string[]): void {
  const own = thread.filter((message) => message.author.type === 'contact' && message.kind === 'reply');
  const told = thread.filter((message) => message.author.type !== 'contact' && message.kind !== 'event').map((message) => message.body.text);
  const acked = visitor.sent.filter((sent) => sent.acked);
  // Stored once, nothing lost: every acknowledged message is there exactly once, under the seq it was told.
  for (const { body, acked: ack } of acked) {
    expect(own.filter((message) => message.id === ack?.id).map(({ seq, body: stored }) => ({ seq, text: stored.text })), 'acknowledged and stored').toEqual([{ seq: ack?.seq, text: body }]);
  }
  // Nothing invented, nothing twice, on neither side.
  expect(new Set(thread.map((message) => message.id)).size, 'ids').toBe(thread.length);
  if (answers) expect(told, 'what the desk said').toEqual(answers);
  // One order without gaps, and the sender's own order within it: what was not acknowledged may be there or not, once.
  expect(thread.map((message) => message.seq), 'seq').toEqual(thread.map((_message, index) => index + 1));
  const stored = new Set(own.map((message) => message.body.text));
  expect(own.map((message) => message.body.text), 'own order').toEqual(visitor.sent.map((sent) => sent.body).filter((body) => stored.has(body)));
  // What a screen has shown is what is stored, and stays where it was.
  for (const [seq, { id, body }] of visitor.seen) expect({ seq, id, text: body.text }, 'seen').toEqual({ seq, id: thread[seq - 1]?.id, text: thread[seq - 1]?.body.text });
  expect(visitor.oddities).toEqual([]);
}
