import type { Audience, ContactDto, PluginContext, PluginMail, PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { Limits } from './limits.ts';
import { messageValues } from './message-values.ts';
import type { Unsubscribes } from './unsubscribes.ts';
import type { Widget } from './widget.schema.ts';

export type Side = 'operators' | 'users';
export interface NoticeParts { limits: Limits; unsubscribes: Unsubscribes }
/** `replies` in their order; `seq` is the message that the notice is about, the newest of its side. */
export interface Notice {
  side: Side; widget: Widget; brandId: string; contact: ContactDto; conversation: PublicConversationDto; replies: PublicMessageDto[]; seq: number; writtenAt: number;
}

/** Messages that stand in one mail. */
const shown = 20;

/** Where a visitor goes on with a conversation, without the site that the widget is on. */
export const visitorLink = (publicUrl: string, widget: Widget, conversationId: string): string =>
  `${publicUrl}/widget/${widget.slug}?conversation=${conversationId}`;
const operatorLink = (publicUrl: string, conversationId: string): string => `${publicUrl}/admin/inbox/all/${conversationId}`;

/** The mails of a notice. Each names what makes it the only one: conversation, newest message and recipient. */
export class NoticeMails {
  readonly #ctx: PluginContext;
  readonly #parts: NoticeParts;
  readonly #table: string;

  constructor(ctx: PluginContext, parts: NoticeParts) {
    this.#ctx = ctx;
    this.#parts = parts;
    this.#table = ctx.db.table('notices');
  }

  /** The mails that there are to send; none when everybody has read it or was told. */
  async of(notice: Notice): Promise<PluginMail[]> {
    const noticedSeq = await this.#noticedSeq(notice);
    if (noticedSeq >= notice.seq) return [];
    return notice.side === 'operators' ? this.#toOperators(notice, noticedSeq === 0) : this.#toUser(notice);
  }

  async send(notice: Notice, mails: readonly PluginMail[]): Promise<void> {
    for (const mail of mails) {
      const result = await this.#ctx.emails.send(mail);
      if (result.status === 'suppressed') this.#ctx.log.info('a notice was not sent', { template: mail.template, reason: result.reason });
    }
    await this.#remember(notice);
  }

  async #toOperators(notice: Notice, isFirst: boolean): Promise<PluginMail[]> {
    const { conversation, contact, widget, brandId, seq } = notice;
    const isNew = isFirst && notice.replies.every(({ isMine, author }) => isMine || author.type === 'system');
    return (await this.#audience(notice, isNew)).map(({ operatorId, locale, readSeq }) => ({
      template: 'operator-reply', variant: widget.notifications.operators.template, to: { operatorId }, locale, brandId, threadId: conversation.id,
      idempotencyKey: `operators:${conversation.id}:${seq}:${operatorId}`,
      values: {
        isNew, contact: { name: contact.name, email: contact.email, isVerified: contact.kind === 'verified' },
        ...conversationValues(conversation, operatorLink(this.#ctx.publicUrl, conversation.id), notice.replies.filter((message) => message.seq > readSeq)),
      },
    }));
  }

  /** Whoever wants to hear of new conversations or of what is written in them, once each. */
  async #audience({ conversation, replies }: Notice, isNew: boolean): Promise<Audience[]> {
    const { operators } = this.#ctx;
    const hasMore = replies.filter(({ isMine }) => isMine).length > 1;
    const asked = [...(isNew ? ['conversation.created'] as const : []), ...(!isNew || hasMore ? ['contact.replied'] as const : [])];
    const found = await Promise.all(asked.map((event) => operators.audience({ conversationId: conversation.id, event })));
    return [...new Map(found.flat().map((one) => [one.operatorId, one])).values()];
  }

  /** Words of the desk go to a proved address alone; any other hears only that there is an answer. */
  async #toUser(notice: Notice): Promise<PluginMail[]> {
    const { conversation, contact, widget, brandId } = notice;
    const { unsubscribes } = this.#parts;
    const unread = notice.replies.filter((message) => !message.isMine && message.seq > conversation.readSeq);
    const last = unread.at(-1);
    if (!last || contact.email === null) return [];
    const subscription = await unsubscribes.of(brandId, contact.email, conversation.id);
    if (await unsubscribes.state(subscription) !== null) return [];
    const url = visitorLink(this.#ctx.publicUrl, widget, conversation.id);
    const isProved = contact.kind === 'verified';
    return [{
      ...(isProved ? { template: 'user-reply', variant: widget.notifications.users.template } : { template: 'reply-waiting' }),
      to: { contactId: contact.id }, brandId, threadId: conversation.id,
      ...(contact.locale ? { locale: contact.locale } : {}),
      idempotencyKey: `users:${conversation.id}:${last.seq}:${contact.id}`,
      unsubscribeUrl: `${this.#ctx.publicUrl}/widget/${widget.slug}/unsubscribe/${await unsubscribes.token(subscription)}`,
      values: isProved ? { author: last.author.name, contact: { name: contact.name }, ...conversationValues(conversation, url, unread) } : { conversation: { url } },
    }];
  }

  async #noticedSeq({ conversation, side }: Notice): Promise<number> {
    const [row] = await this.#ctx.db.query<{ noticed_seq: number | string }>(
      `SELECT noticed_seq FROM ${this.#table} WHERE conversation_id = ? AND side = ?`, [conversation.id, side]);
    return Number(row?.noticed_seq ?? 0);
  }

  async #remember({ conversation, side, seq }: Notice): Promise<void> {
    const { db } = this.#ctx;
    const ignore = db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await db.run(`${ignore} INTO ${this.#table} (conversation_id, side, noticed_seq, updated_at) VALUES (?, ?, 0, ?)`, [conversation.id, side, Date.now()]);
    await db.run(`UPDATE ${this.#table} SET noticed_seq = ?, updated_at = ? WHERE conversation_id = ? AND side = ? AND noticed_seq < ?`,
      [seq, Date.now(), conversation.id, side, seq]);
  }
}

function conversationValues(conversation: PublicConversationDto, url: string, unread: readonly PublicMessageDto[]) {
  return {
    conversation: { url, subject: conversation.subject, number: conversation.number },
    messages: unread.slice(-shown).map(messageValues), count: unread.length, earlier: Math.max(0, unread.length - shown),
  };
}
