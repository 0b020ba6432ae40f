import { PluginError } from '@plugboard/sdk';
import type { ChannelHandle, ContactDto, PluginContext, PluginSocket, ReceiveAck, ReceivedMessage } from '@plugboard/sdk';
import { inLocale } from './locale.ts';
import { refuseUnproved } from './visitor.routes.ts';
import type { SendInput } from './visitor.schema.ts';
import type { Widget } from './widget.schema.ts';

/** State of a visitor's socket, as the handshake found it. */
export interface Visitor { contactId: string; sessionId: string; widgetId: string; brandId: string }

/** What a new conversation starts with: the button's department, priority and opening message. */
export async function opening(ctx: Pick<PluginContext, 'departments'>, widget: Widget, from: { buttonId?: string | undefined; pageUrl?: string | undefined; locale: string | null; meta?: Record<string, string> }): Promise<NonNullable<ReceivedMessage['open']>> {
  const button = widget.conversationButtons.find(({ id }) => id === from.buttonId) ?? widget.conversationButtons[0];
  const departments = await ctx.departments.list();
  const isThere = departments.some((department) => department.id === button?.departmentId);
  const greeting = button ? inLocale(button.openingMessage, button.openingMessageByLocale, from.locale ?? '') : '';
  return {
    departmentId: isThere ? button?.departmentId ?? null : null,
    priority: button?.priority ?? 'normal',
    assistant: button?.aiResponses === true,
    ...(greeting ? { openingMessage: greeting } : {}),
    meta: {
      ...from.meta,
      widget: widget.slug,
      ...(button ? { button: button.id, ai: button.aiResponses ? 'on' : 'off' } : {}),
      ...(from.pageUrl ? { pageUrl: from.pageUrl } : {}),
    },
  };
}

/** Under which widget a conversation began: its texts, templates and delays are those of its mails. */
const widgetKey = 'widget';

/** One message on the desk's single write path; a conversation that it begins remembers its widget. */
export async function receive(ctx: Pick<PluginContext, 'store'>, channel: ChannelHandle, widget: Widget, received: ReceivedMessage): Promise<ReceiveAck> {
  const ack = await channel.receive(received);
  if (received.conversationId === undefined && !ack.repeated) await ctx.store.set(widgetKey, widget.id, { conversationId: ack.conversation.id });
  return ack;
}

export const widgetIdOf = (ctx: Pick<PluginContext, 'store'>, conversationId: string): Promise<string | undefined> => ctx.store.get<string>(widgetKey, { conversationId });

/** One message of a visitor; the answer comes after commit. */
export async function sendMessage(ctx: PluginContext, channel: ChannelHandle, widget: Widget, { state, ip }: PluginSocket<Visitor>, input: SendInput) {
  const isFirst = input.conversationId === undefined;
  const contact: ContactDto | null = isFirst || widget.security.requireAuthentication ? await ctx.contacts.get(state.contactId) : null;
  refuseUnproved(widget, contact);
  if (input.body.trim() === '' && input.attachments.length === 0) throw new PluginError('message_empty', 400);
  const received: ReceivedMessage = { contactId: state.contactId, cid: input.cid, text: input.body, attachmentIds: input.attachments, ip };
  if (input.conversationId) received.conversationId = input.conversationId;
  else received.open = await opening(ctx, widget, { buttonId: input.buttonId, pageUrl: input.pageUrl, locale: contact?.locale ?? null });
  const { message, conversation } = await receive(ctx, channel, widget, received);
  return { id: message.id, seq: message.seq, conversationId: conversation.id, message, conversation };
}
