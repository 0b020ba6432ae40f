import type { PluginContext } from '@plugboard/sdk';
import { isReply, newestMessages } from './message-values.ts';
import { NoticeMails } from './notice-mails.ts';
import type { Notice, NoticeParts, Side } from './notice-mails.ts';
import { widgetIdOf } from './send-message.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

interface NoticeJob { side: Side; conversationId: string; contactId: string; brandId: string; seq: number }

const job = 'notice';
const perHour = { max: 10, windowMs: 60 * 60 * 1000 };
/** Messages that are looked at; of these a mail shows the newest and counts the others. */
const window = 100;
/** Clocks of two processes, and jobs that come a moment early. */
const slackMs = 1_000;

/**
 * Mails about what nobody has read: to operators when a visitor writes, to the visitor when the desk answers. One job waits
 * however much is written meanwhile; it goes on waiting until it has been quiet for a while, and then tells all of it.
 */
export async function addNotices(ctx: PluginContext, store: WidgetStore, parts: NoticeParts): Promise<void> {
  const mails = new NoticeMails(ctx, parts);
  const widgetOf = async ({ conversationId, brandId }: Pick<NoticeJob, 'conversationId' | 'brandId'>): Promise<Widget | null> => {
    const id = await widgetIdOf(ctx, conversationId);
    return (id === undefined ? null : await store.byId(id)) ?? store.firstOfBrand(brandId);
  };
  const wait = (data: NoticeJob, delayMs: number, name: string) => ctx.jobs.add(job, data, { id: `${data.side}:${data.conversationId}:${name}`, delayMs });

  await ctx.hooks.on('conversation.replied', async ({ conversation, seq, authorType }) => {
    if (conversation.channel !== 'chat' || authorType === 'system') return;
    const data: NoticeJob = { side: authorType === 'contact' ? 'operators' : 'users', conversationId: conversation.id, contactId: conversation.contactId, brandId: conversation.brandId, seq };
    const widget = await widgetOf(data);
    if (!widget?.notifications[data.side].isOn) return;
    const delayMs = widget.notifications[data.side].delaySeconds * 1_000;
    // A job of the same stretch of time has not run yet: it will find this message too.
    await wait(data, delayMs, delayMs === 0 ? `${seq}` : `from ${Math.floor(Date.now() / delayMs)}`);
  });

  await ctx.hooks.on('conversation.handed-over', async ({ conversation }) => {
    if (conversation.channel !== 'chat') return;
    const data: NoticeJob = { side: 'operators', conversationId: conversation.id, contactId: conversation.contactId, brandId: conversation.brandId, seq: 0 };
    const widget = await widgetOf(data);
    if (widget?.notifications.operators.isOn) await wait(data, widget.notifications.operators.delaySeconds * 1_000, `handed over ${Date.now()}`);
  });

  await ctx.jobs.define<NoticeJob>(job, async (data) => {
    const widget = await widgetOf(data);
    if (!widget?.notifications[data.side].isOn) return;
    const notice = await load(ctx, widget, data);
    if (!notice) return;
    const left = notice.writtenAt + widget.notifications[data.side].delaySeconds * 1_000 - Date.now();
    if (left > slackMs) return wait({ ...data, seq: notice.seq }, left, `${notice.seq}`);
    const due = await mails.of(notice);
    if (due.length > 0 && await isAllowed(ctx, parts, data)) await mails.send(notice, due);
  });
}

/** What there is to tell; null when the conversation is gone. */
async function load(ctx: PluginContext, widget: Widget, { side, conversationId, contactId, brandId }: NoticeJob): Promise<Notice | null> {
  const contact = await ctx.contacts.get(contactId);
  if (!contact || !await ctx.conversations.get({ contactId: contact.id, conversationId })) return null;
  const { conversation, messages } = await newestMessages(ctx.conversations, { contactId: contact.id, conversationId }, window);
  const replies = messages.filter(isReply);
  const newest = replies.findLast((message) => message.isMine === (side === 'operators'));
  if (!newest) return null;
  return { side, widget, brandId, contact, conversation, replies, seq: newest.seq, writtenAt: Date.parse(newest.createdAt) };
}

async function isAllowed(ctx: PluginContext, { limits }: NoticeParts, { conversationId, side }: NoticeJob): Promise<boolean> {
  if (await limits.take(`notice ${conversationId}`, perHour) === 0) return true;
  ctx.log.warn('a notice was left out: this conversation had too many within the hour', { conversation: conversationId, side });
  return false;
}
