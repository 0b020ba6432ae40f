import type { MessageDto } from '@plugboard/sdk';
import type { ThreadData } from '../inbox-api.ts';

/** Adds messages by their place. What is there already is replaced, what lies before the loaded part is left out. */
export function mergeMessages(thread: ThreadData, incoming: readonly MessageDto[]): ThreadData {
  const first = thread.messages[0]?.seq ?? 0;
  const bySeq = new Map(thread.messages.map((message) => [message.seq, message]));
  for (const message of incoming) {
    if (thread.hasOlder && message.seq < first) continue;
    const present = bySeq.get(message.seq);
    bySeq.set(message.seq, present?.cid && !message.cid ? { ...message, cid: present.cid } : message);
  }
  return { ...thread, messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq) };
}

/** Puts an older page before the loaded part. */
export function prependMessages(thread: ThreadData, older: readonly MessageDto[], hasOlder: boolean): ThreadData {
  const first = thread.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  return { messages: [...older.filter(({ seq }) => seq < first), ...thread.messages], hasOlder };
}

export const lastSeqOf = (thread: ThreadData | undefined): number => thread?.messages.at(-1)?.seq ?? 0;

