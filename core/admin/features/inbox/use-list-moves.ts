import type { ConversationSummary } from '../../../shared/conversations.ts';
import { useListState } from './list/list.store.ts';
import { useInboxRoute } from './use-inbox-route.ts';

/** Going through the list by key. With a conversation open the next one opens; else the cursor moves. */
export function useListMoves(rows: () => readonly ConversationSummary[]) {
  const list = useListState();
  const inbox = useInboxRoute();

  function step(direction: 1 | -1): void {
    const at = rows().findIndex(({ id }) => id === (inbox.conversationId.value ?? list.cursor));
    const next = rows()[at === -1 && direction === -1 ? 0 : at + direction];
    if (!next) return;
    if (inbox.conversationId.value) void inbox.swap(next.id);
    else list.cursor = next.id;
  }

  /** To the neighbour of a conversation that is being put away: the one below, at the end the one above, else the bare list. */
  function advanceFrom(id: string): void {
    if (inbox.conversationId.value !== id) return;
    const at = rows().findIndex((row) => row.id === id);
    const next = at === -1 ? undefined : rows()[at + 1] ?? rows()[at - 1];
    void inbox.swap(next?.id ?? null);
  }

  return {
    step,
    advanceFrom,
    advance: () => { if (inbox.conversationId.value) advanceFrom(inbox.conversationId.value); },
    openCursor: () => { if (list.cursor) void inbox.open(list.cursor); },
    close: () => void inbox.close(),
    isOpen: () => inbox.conversationId.value !== null,
  };
}
