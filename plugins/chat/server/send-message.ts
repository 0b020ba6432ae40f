import { PluginError } from '@plugboard/sdk';
import type { ChannelHandle, PluginContext, PluginSocket, ReceivedMessage } from '@plugboard/sdk';
import type { SendInput } from './visitor.schema.ts';
import type { Widget } from './widget.schema.ts';

/** State of a visitor's socket, as the handshake found it. */
export interface Visitor { contactId: string; widgetId: string; brandId: string }

/** What a new conversation starts with: the button's department, priority and opening message. */
async function opening(ctx: PluginContext, widget: Widget, input: SendInput): Promise<ReceivedMessage['open']> {
  const button = widget.conversationButtons.find(({ id }) => id === input.buttonId) ?? widget.conversationButtons[0];
  const departments = await ctx.departments.list();
  const isThere = departments.some((department) => department.id === button?.departmentId);
  const meta: Record<string, string> = { widget: widget.slug };
  if (button) meta.button = button.id;
  if (input.pageUrl) meta.pageUrl = input.pageUrl;
  return {
    departmentId: isThere ? button?.departmentId ?? null : null,
    priority: button?.priority ?? 'normal',
    ...(button?.openingMessage ? { openingMessage: button.openingMessage } : {}),
    meta,
  };
}

/** One message of a visitor on the desk's single write path; the answer comes after commit. */
export async function sendMessage(ctx: PluginContext, channel: ChannelHandle, widget: Widget, { state, ip }: PluginSocket<Visitor>, input: SendInput) {
  if (input.body.trim() === '' && input.attachments.length === 0) throw new PluginError('message_empty', 400);
  const received: ReceivedMessage = { contactId: state.contactId, cid: input.cid, text: input.body, attachmentIds: input.attachments, ip };
  if (input.conversationId) received.conversationId = input.conversationId;
  else received.open = await opening(ctx, widget, input);
  const { message, conversation } = await channel.receive(received);
  return { id: message.id, seq: message.seq, conversationId: conversation.id, message, conversation };
}
