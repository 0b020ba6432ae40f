import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { newId } from './ids.ts';
import type { Limits } from './limits.ts';
import { isReply, messageValues, newestMessages } from './message-values.ts';
import { visitorLink } from './notice-mails.ts';
import { bySlug, claim, notFound, unkept } from './visitor.routes.ts';
import type { VisitorPlace } from './visitor.routes.ts';
import { transcriptAnswer } from './visitor.schema.ts';
import { idSchema } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

interface TranscriptJob { key: string; widgetId: string; contactId: string; conversationId: string }

const job = 'transcript';
const perHour = { max: 3, windowMs: 60 * 60 * 1000 };
/** Messages of one mail; of a longer conversation the newest. */
export const maxMessages = 1_000;

/** The whole of a conversation by mail, to the address that its person proved. */
export async function addTranscripts(ctx: PluginContext, store: WidgetStore, place: VisitorPlace, limits: Limits): Promise<void> {
  await ctx.jobs.define<TranscriptJob>(job, async ({ key, widgetId, contactId, conversationId }) => {
    const [widget, contact] = await Promise.all([store.byId(widgetId), ctx.contacts.get(contactId)]);
    if (!widget || !contact) return;
    const { conversation, messages } = await newestMessages(ctx.conversations, { contactId: contact.id, conversationId }, maxMessages);
    const result = await ctx.emails.send({
      template: 'transcript', variant: widget.notifications.transcript.template, to: { contactId: contact.id }, brandId: widget.brandId,
      ...(contact.locale ? { locale: contact.locale } : {}), threadId: conversationId, idempotencyKey: `transcript:${key}`,
      values: {
        contact: { name: contact.name },
        conversation: { url: visitorLink(ctx.publicUrl, widget, conversationId), subject: conversation.subject, number: conversation.number, startedAt: conversation.createdAt },
        messages: messages.filter(isReply).map(messageValues), isCut: (messages[0]?.seq ?? 1) > 1, limit: maxMessages,
      },
    });
    if (result.status === 'suppressed') ctx.log.warn('a transcript was not sent', { conversation: conversationId, reason: result.reason });
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/conversations/:id/transcript', summary: 'Mail a visitor the whole conversation', access: 'contact', perMinute: 30,
    params: bySlug.extend({ id: z.string().max(40) }), response: transcriptAnswer,
    async handle(asked) {
      const { widget, contact } = await place.visitor(asked);
      const conversationId = idSchema.safeParse(asked.params.id).data;
      if (!widget.notifications.transcript.isOn || conversationId === undefined) throw notFound();
      if (!await ctx.conversations.get({ contactId: contact.id, conversationId })) throw notFound();
      if (contact.kind !== 'verified' || contact.email === null) throw new PluginError('address_needed', 409);
      await limits.need(`transcript ${conversationId}`, perHour);
      await ctx.jobs.add(job, { key: newId(), widgetId: widget.id, contactId: contact.id, conversationId } satisfies TranscriptJob);
      return { status: 202, body: { email: contact.email }, headers: unkept };
    },
  });
}
