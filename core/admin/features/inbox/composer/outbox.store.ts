import { defineStore } from 'pinia';
import { reactive, watch } from 'vue';
import type { AttachmentDto, MessageDto } from '@plugboard/sdk';
import type { ConversationDetail } from '../../../../shared/conversations.ts';
import { queryClient } from '../../../api/query-client.ts';
import { uuid } from '../../../api/uuid.ts';
import { ApiError } from '../../../sdk/api.ts';
import { useSession } from '../../../session/session.store.ts';
import { inboxApi, keys, type ThreadData } from '../inbox-api.ts';
import { lastSeqOf, mergeMessages } from '../thread/thread-cache.ts';
import { useDrafts, type Draft, type DraftKind } from './drafts.store.ts';

/** A message on its way. `unsent` could not reach the server, `refused` was not taken, `behind` waits for a decision. */
export interface Pending {
  cid: string;
  conversationId: string;
  kind: DraftKind;
  text: string;
  attachments: AttachmentDto[];
  expectedSeq: number;
  state: 'sending' | 'unsent' | 'refused' | 'behind';
  reason: string;
  at: string;
  /** Resolve the conversation once it is sent. */
  resolves: boolean;
}

/** Messages that were sent and are not known to have arrived. Each keeps its cid, so that trying again never doubles it. */
export const useOutbox = defineStore('inbox-outbox', () => {
  const storageKey = `plugboard.outbox.${useSession().operator?.id ?? ''}`;
  const entries = reactive<Pending[]>(read(storageKey));
  watch(entries, () => localStorage.setItem(storageKey, JSON.stringify(entries)), { deep: true });
  const onSent = new Set<(entry: Pending) => void>();

  const of = (conversationId: string): Pending[] => entries.filter((entry) => entry.conversationId === conversationId);

  function send(conversationId: string, kind: DraftKind, draft: Draft, options: { resolves: boolean }): void {
    const expectedSeq = lastSeqOf(queryClient.getQueryData<ThreadData>(keys.thread(conversationId)));
    entries.push({ cid: uuid(), conversationId, kind, text: draft.text, attachments: draft.attachments, expectedSeq, state: 'sending', reason: '', at: new Date().toISOString(), resolves: options.resolves });
    void attempt(entries.at(-1)!);
  }

  async function attempt(entry: Pending): Promise<void> {
    entry.state = 'sending';
    try {
      const { message } = await inboxApi.send(entry.conversationId, {
        cid: entry.cid, kind: entry.kind, body: entry.text, attachmentIds: entry.attachments.map(({ id }) => id), ...(entry.kind === 'reply' ? { expectedSeq: entry.expectedSeq } : {}),
      });
      merge(entry.conversationId, [message]);
      drop(entry);
      for (const listener of onSent) listener(entry);
    } catch (error) {
      fail(entry, error);
    }
  }

  function fail(entry: Pending, error: unknown): void {
    if (error instanceof ApiError && error.problem.code === 'behind') {
      merge(entry.conversationId, (error.problem.messages ?? []) as MessageDto[]);
      entry.state = 'behind';
    } else if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
      entry.state = 'refused';
      entry.reason = error.problem.detail ?? error.problem.title;
    } else {
      entry.state = 'unsent';
      entry.reason = error instanceof ApiError ? error.problem.detail ?? error.problem.title : '';
    }
  }

  /** The writer has seen what came in between and sends it all the same. */
  function sendAnyway(entry: Pending): void {
    entry.expectedSeq = lastSeqOf(queryClient.getQueryData<ThreadData>(keys.thread(entry.conversationId)));
    void attempt(entry);
  }

  function edit(entry: Pending): void {
    useDrafts().restore(entry.conversationId, entry.kind, { text: entry.text, attachments: entry.attachments });
    drop(entry);
  }

  function drop(entry: Pending): void {
    const at = entries.findIndex(({ cid }) => cid === entry.cid);
    if (at !== -1) entries.splice(at, 1);
  }

  const retryUnsent = () => entries.filter(({ state }) => state === 'unsent').forEach((entry) => void attempt(entry));

  return { entries, onSent, of, send, attempt, sendAnyway, edit, drop, retryUnsent };
});

function merge(conversationId: string, messages: readonly MessageDto[]): void {
  queryClient.setQueryData<ThreadData>(keys.thread(conversationId), (thread) => thread && mergeMessages(thread, messages));
  const lastSeq = messages.at(-1)?.seq ?? 0;
  queryClient.setQueryData<ConversationDetail>(keys.conversation(conversationId), (detail) => detail && { ...detail, lastSeq: Math.max(detail.lastSeq, lastSeq) });
}

/** After a reload nobody knows whether it arrived: the same cid finds out. */
function read(storageKey: string): Pending[] {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '[]') as Pending[];
    return kept.map((entry) => (entry.state === 'sending' ? { ...entry, state: 'unsent' } : entry));
  } catch {
    return [];
  }
}
