import type { ConversationRef, EventHooks } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import type { OutboxEntry } from '../../kernel/outbox/outbox.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { createPluginConversations } from './plugin-conversations.ts';

interface Delivery { eventId: string; conversation: ConversationRef; seq: number; waitedMs: number }

const job = 'channels.deliver';
/** Conversations that the customer's server opened: the person reads them in the widget or the portal, and by notice. */
const ownChannels: ReadonlySet<string> = new Set(['api']);

/** A reply waits for its channel's plugin to be switched on again, asking once a minute, for a week. */
const askAgainMs = 60_000;
const longestWaitMs = 7 * 24 * 60 * 60_000;

/**
 * Carries each public message of the desk to the person, through the channel that the conversation came by. A channel
 * without `send` needs none: its realtime feed is the delivery. Runs at least once; the message's id tells a repeat.
 */
export function startDelivery(kernel: Kernel, providers: () => Providers): void {
  const conversations = createPluginConversations(kernel);
  kernel.outbox.onEvent(async (entry) => {
    const delivery = deliveryOf(entry);
    if (delivery && needsSending(providers(), delivery)) await kernel.jobs.add(job, delivery, { id: delivery.eventId });
  });
  kernel.jobs.define<Delivery>(job, async ({ data, signal }) => {
    const channel = providers().get('channel', data.conversation.channel)?.provider;
    if (!channel) return waitForChannel(kernel, data);
    if (!channel.send) return undefined;
    const { id: conversationId, contactId } = data.conversation;
    const { data: [message], conversation } = await conversations.messages({ contactId, conversationId, afterSeq: data.seq - 1, limit: 1 });
    if (message?.seq !== data.seq) return undefined;
    await channel.send({ message, conversation, contactId }, { signal, actor: { type: 'system', id: null }, locale: 'en' });
    return undefined;
  }, { attempts: 12, timeoutMs: 60_000 });
}

function deliveryOf({ name, payload, eventId }: OutboxEntry): Delivery | null {
  if (name !== 'conversation.replied') return null;
  const { conversation, seq, authorType } = payload as unknown as EventHooks['conversation.replied'];
  return authorType === 'contact' ? null : { eventId, conversation, seq, waitedMs: 0 };
}

function needsSending(providers: Providers, { conversation }: Delivery): boolean {
  if (ownChannels.has(conversation.channel)) return false;
  const channel = providers.get('channel', conversation.channel)?.provider;
  return channel === undefined || channel.send !== undefined;
}

async function waitForChannel(kernel: Kernel, data: Delivery): Promise<void> {
  if (data.waitedMs >= longestWaitMs) {
    kernel.log.warn({ conversation: data.conversation.id, channel: data.conversation.channel }, 'a reply was not delivered: its channel stayed off');
    return;
  }
  const waitedMs = data.waitedMs + askAgainMs;
  await kernel.jobs.add(job, { ...data, waitedMs }, { id: `${data.eventId}:${waitedMs}`, delayMs: askAgainMs });
}
