import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ConversationDetail, ConversationSummary, PersonRef } from '../../../../shared/conversations.ts';
import { queryClient } from '../../../api/query-client.ts';
import { ApiError } from '../../../sdk/api.ts';
import { inboxApi, keys, type ConversationChange } from '../inbox-api.ts';
import { useListState } from '../list/list.store.ts';

export interface Conflict { conversationId: string; change: ConversationChange; people: PersonRef[]; present: ConversationDetail }
interface Done { conversationId: string; back: ConversationChange; people: PersonRef[] }
const undoDepth = 20;

/** Changes of a conversation's fields: at once on screen, safe against others' changes, and to be taken back. */
export const useChanges = defineStore('inbox-changes', () => {
  const list = useListState();
  /** Somebody changed the same field first; it waits for a decision. */
  const conflict = shallowRef<Conflict | null>(null);
  const done = ref<Done[]>([]);

  /** `people` are the ones that `assigneeIds` names, for the screen. Throws what the server refused; a conflict is kept instead. */
  async function change(conversation: ConversationSummary, next: ConversationChange, people: PersonRef[] = conversation.assignees): Promise<boolean> {
    conflict.value = null;
    show({ ...conversation, ...shownAs(next, people) });
    try {
      keep(await save(conversation, next));
      done.value = [...done.value, { conversationId: conversation.id, back: formerOf(conversation, next), people: conversation.assignees }].slice(-undoDepth);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === 'stale' && error.problem.conversation) {
        const present = error.problem.conversation as ConversationDetail;
        keep(present);
        conflict.value = { conversationId: conversation.id, change: next, people, present };
        return false;
      }
      show(conversation);
      throw error;
    }
  }

  /** A stale version alone is no conflict: only another value in the very field that is changed is. */
  async function save(seen: ConversationSummary, next: ConversationChange): Promise<ConversationDetail> {
    try {
      return await inboxApi.change(seen.id, seen.version, next);
    } catch (error) {
      const present = error instanceof ApiError && error.problem.code === 'stale' ? error.problem.conversation as ConversationDetail | undefined : undefined;
      if (!present || JSON.stringify(formerOf(present, next)) !== JSON.stringify(formerOf(seen, next))) throw error;
      return inboxApi.change(present.id, present.version, next);
    }
  }

  async function redo(): Promise<void> {
    const pending = conflict.value;
    if (pending) await change(pending.present, pending.change, pending.people);
  }

  /** Takes back the last change that was made on this page, or the last one of a conversation. */
  async function undo(conversationId?: string): Promise<boolean> {
    const last = done.value.findLast((entry) => conversationId === undefined || entry.conversationId === conversationId);
    if (!last) return false;
    done.value = done.value.filter((entry) => entry !== last);
    const present = await inboxApi.conversation(last.conversationId);
    await change(present, last.back, last.people);
    done.value = done.value.slice(0, -1);
    void list.refresh();
    return true;
  }

  function show(conversation: ConversationSummary): void {
    queryClient.setQueryData<ConversationDetail>(keys.conversation(conversation.id), (detail) => detail && { ...detail, ...conversation });
    list.apply(conversation);
  }

  function keep(detail: ConversationDetail): void {
    queryClient.setQueryData(keys.conversation(detail.id), detail);
    list.apply(detail);
  }

  return { conflict, done, change, redo, undo };
});

const shownAs = ({ assigneeIds, isSpam: _isSpam, ...rest }: ConversationChange, people: PersonRef[]): Partial<ConversationSummary> =>
  ({ ...rest, ...(assigneeIds ? { assignees: people.filter(({ id }) => assigneeIds.includes(id)) } : {}) });

/** The same fields as they were. */
function formerOf(conversation: ConversationSummary, change: ConversationChange): ConversationChange {
  const former: Required<ConversationChange> = {
    status: conversation.status, priority: conversation.priority, departmentId: conversation.departmentId, tags: conversation.tags, subject: conversation.subject,
    assigneeIds: conversation.assignees.map(({ id }) => id), isSpam: !change.isSpam,
  };
  return Object.fromEntries(Object.keys(change).map((field) => [field, former[field as keyof typeof former]]));
}
