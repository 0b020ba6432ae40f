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

/** What the delivery contract promises of one visitor's thread, as far as it can be told from outside. */
export function checkHistory(visitor: Visitor, thread: readonly MessageDto[]): void {
  const own = thread.filter((message) => message.author.type === 'contact');
  const acked = visitor.sent.filter((sent) => sent.acked);
  // Stored once, nothing lost: every acknowledged message is there exactly once, under the seq it was told.
  for (const { body, acked: ack } of acked) {
    expect(own.filter((message) => message.id === ack?.id).map(({ seq, body: stored }) => ({ seq, text: stored.text }))).toEqual([{ seq: ack?.seq, text: body }]);
  }
  // Nothing invented, nothing twice.
  expect(new Set(own.map((message) => message.body.text)).size).toBe(own.length);
  expect(own.length).toBeLessThanOrEqual(visitor.sent.length);
  // One order without gaps, and the sender's own order within it.
  expect(thread.map((message) => message.seq)).toEqual(thread.map((_message, index) => index + 1));
  expect(own.map((message) => message.body.text)).toEqual(visitor.sent.map((sent) => sent.body).filter((body) => own.some((message) => message.body.text === body)));
  expect(visitor.oddities).toEqual([]);
}
