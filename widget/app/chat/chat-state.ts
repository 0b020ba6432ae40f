import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import type { ConnectionState } from '../wire/wire.ts';

/** What a thread's screen draws of its timeline. `failure`: the code of why it could not be loaded. */
export interface ThreadView { messages: readonly PublicMessageDto[]; isLoaded: boolean; isComplete: boolean; failure: string | null }

/** An answer on its way: its pieces as far as they came one after the other. */
export interface ComingAnswer { runId: string; name: string; text: string; next: number }
export type Rating = 'up' | 'down' | null;

/** What somebody wanted when they were asked who they are. */
export type Goal =
  | { kind: 'new'; buttonId: string; text: string }
  | { kind: 'thread'; id: string }
  | { kind: 'transcript'; id: string };

/** `key` stays the same when a new thread turns into a conversation, so that nothing on screen is built anew. */
export type Screen =
  | { name: 'dashboard' }
  | { name: 'thread'; key: string; thread: string; buttonId: string | null }
  | { name: 'identity'; goal: Goal }
  | { name: 'help'; query: string };

/** A link that the page asked to open and the browser did not let us open by ourselves. */
export interface Offer { url: string; text: string }

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
  /** What an assistant is writing, by conversation. */
  readonly answers = shallowReactive(new Map<string, ComingAnswer>());
  /** What the person said of answers, by message. */
  readonly ratings = shallowReactive(new Map<string, Rating>());
  readonly isTeamHere = ref(false);
  readonly isOpen = ref(false);
  readonly isPhone = ref(false);
  readonly isSidebar = ref(false);
  readonly isFull = ref(false);
  /** The side of the page, where it says another one than the configuration. */
  readonly position = ref<'left' | 'right' | null>(null);
  /** The page's own first words instead of the configured ones. */
  readonly greeting = ref<string | null>(null);
  readonly screen = shallowRef<Screen>({ name: 'dashboard' });
  /** The conversation whose transcript is being asked for. */
  readonly transcript = ref<string | null>(null);
  readonly offer = shallowRef<Offer | null>(null);
  /** The person said that they don't want to be asked for name and address. */
  readonly isAskedEnough = ref(false);
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
    const items = this.pending.value.filter((item) => item.thread === thread);
    if (items.length === 0) return items;
    const stored = new Set(this.threads.get(thread)?.messages.map((message) => message.cid));
    return items.filter((item) => !stored.has(item.cid));
  }

  /** Nothing of the person stays in memory. */
  clear(): void {
    this.conversations.clear();
    this.threads.clear();
    this.typing.clear();
    this.answers.clear();
    this.ratings.clear();
    this.nextConversations.value = null;
    this.offer.value = null;
    this.transcript.value = null;
    this.announcement.value = '';
    this.isAskedEnough.value = false;
    if (this.screen.value.name !== 'identity') this.screen.value = { name: 'dashboard' };
  }
}

