import { z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { bySlug, claim, notFound, unkept } from './visitor.routes.ts';
import type { VisitorPlace } from './visitor.routes.ts';
import { ratingBody } from './visitor.schema.ts';
import { idSchema } from './widget.schema.ts';

const params = bySlug.extend({ id: z.string().max(40) });

/** What a visitor says to an assistant besides messages: whether an answer was good, and that a person is wanted. */
export async function addAssistantRoutes(ctx: PluginContext, place: VisitorPlace): Promise<void> {
  await ctx.routes.add({
    method: 'put', claim, path: '/:slug/conversations/:id/rating', summary: 'Say whether an assistant\'s answer was good', access: 'contact', perMinute: 60, params, body: ratingBody,
    async handle(asked) {
      const { contact } = await place.visitor(asked);
      const conversationId = idSchema.safeParse(asked.params.id).data;
      if (conversationId === undefined) throw notFound();
      await ctx.conversations.rateAnswer({ contactId: contact.id, conversationId, messageId: asked.body.messageId, rating: asked.body.rating });
      return { status: 204, headers: unkept };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/conversations/:id/person', summary: 'Ask for a person instead of the assistant', access: 'contact', perMinute: 30, params,
    async handle(asked) {
      const { contact } = await place.visitor(asked);
      const conversationId = idSchema.safeParse(asked.params.id).data;
      if (conversationId === undefined) throw notFound();
      await ctx.conversations.askForPerson({ contactId: contact.id, conversationId });
      return { status: 204, headers: unkept };
    },
  });
}
