import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import type { ConnectionState } from '../wire/connection.ts';

/** What a thread's screen draws of its timeline. */
export interface ThreadView { messages: readonly PublicMessageDto[]; isLoaded: boolean; isComplete: boolean; hasFailed: boolean }

/** `key` stays the same when a new thread turns into a conversation, so that nothing on screen is built anew. */
export type Screen = { name: 'dashboard' } | { name: 'thread'; key: string; thread: string; buttonId: string | null };

/** Everything that the screens draw. Only `Chat` and its parts write here. */
export class ChatState {
  readonly connection = ref<ConnectionState>('resting');
  readonly conversations = shallowReactive(new Map<string, PublicConversationDto>());
  /** Cursor of the next page of conversations; null at the end. */
  readonly nextConversations = ref<string | null>(null);
  readonly threads = shallowReactive(new Map<string, ThreadView>());
  readonly pending = shallowRef<readonly OutboxItem[]>([]);
  /** Who types, by conversation. */
  readonly typing = shallowReactive(new Map<string, string>());
  readonly isTeamHere = ref(false);
  readonly isOpen = ref(false);
  readonly isPhone = ref(false);
  readonly isFull = ref(false);
  readonly screen = shallowRef<Screen>({ name: 'dashboard' });
  /** Said to screen readers. */
  readonly announcement = ref('');

  readonly unread = computed(() => [...this.conversations.values()].reduce((sum, conversation) => sum + conversation.unreadCount, 0));
  readonly sorted = computed(() => [...this.conversations.values()].sort((one, other) =>
    (other.lastMessage?.createdAt ?? other.updatedAt).localeCompare(one.lastMessage?.createdAt ?? one.updatedAt)));

  /** Takes a conversation unless what is known is newer. */
  keep(conversation: PublicConversationDto): void {
    const known = this.conversations.get(conversation.id);
    if (known && (conversation.changeVersion < known.changeVersion || conversation.lastSeq < known.lastSeq)) return;
    this.conversations.set(conversation.id, conversation);
  }

  /** Messages of a thread that the server is not yet known to have, in their order. */
  pendingOf(thread: string): OutboxItem[] {
    const stored = new Set(this.threads.get(thread)?.messages.map((message) => message.cid));
    return this.pending.value.filter((item) => item.thread === thread && !stored.has(item.cid));
  }

  clear(): void {
    this.conversations.clear();
    this.threads.clear();
    this.typing.clear();
    this.nextConversations.value = null;
    this.screen.value = { name: 'dashboard' };
  }
}
