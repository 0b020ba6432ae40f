import type { CallActor, PluginContext, z } from '@plugboard/sdk';
import { iso, notFound } from '../fields.ts';
import { byId } from '../ids.ts';
import { reachOf } from '../reach.ts';
import { draftAnswer, draftBody, questionDetailSchema, questionListQuery, questionPageSchema, questionPatch, questionSchema, type Question } from './question.schema.ts';
import type { QuestionStore } from './question.store.ts';

const access = { ability: 'manage' } as const;

const present = ({ id, brandId, locale, title, count, state, firstSeenAt, lastSeenAt, articleId }: Question): z.output<typeof questionSchema> => ({
  id, brandId, locale, title, count, state, firstSeenAt: iso(firstSeenAt), lastSeenAt: iso(lastSeenAt), articleId,
});

export interface QuestionRoutes {
  store: QuestionStore;
  /** Makes a draft of an article. */
  draft(question: Question, wishes: z.output<typeof draftBody>, signal: AbortSignal): Promise<z.output<typeof draftAnswer>>;
}

/** `/questions`: what people asked and no text answered. */
export async function addQuestionRoutes(ctx: PluginContext, { store, draft }: QuestionRoutes): Promise<void> {
  const need = async (id: string, actor: CallActor): Promise<Question> => {
    const question = await store.byId(id);
    if (!question || !(await reachOf(ctx, actor)).has(question.brandId)) throw notFound();
    return question;
  };

  await ctx.routes.add({
    method: 'get', path: '/questions', summary: 'List unanswered questions, grouped', access, query: questionListQuery, response: questionPageSchema,
    async handle({ query, actor }) {
      const page = await store.list({ ...query, reach: await reachOf(ctx, actor) });
      return { body: { data: page.data.map(present), nextCursor: page.nextCursor } };
    },
  });

  await ctx.routes.add({
    method: 'get', path: '/questions/:id', summary: 'Read an unanswered question with its wordings', access, params: byId, response: questionDetailSchema,
    async handle({ params, actor }) {
      const question = await need(params.id, actor);
      const examples = (await store.examples(question.id)).map(({ text, conversationId, reason, createdAt }) => ({ text, conversationId, reason, createdAt: iso(createdAt) }));
      return { body: { ...present(question), examples } };
    },
  });

  await ctx.routes.add({
    method: 'patch', path: '/questions/:id', summary: 'Mark an unanswered question as open, done or ignored', access, params: byId, body: questionPatch, response: questionSchema,
    async handle({ params, body, actor }) {
      await store.setState((await need(params.id, actor)).id, body.state);
      return { body: present(await need(params.id, actor)) };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/questions/:id/draft', summary: 'Draft an article that answers it', access, params: byId, body: draftBody, response: draftAnswer, perMinute: 20,
    handle: async ({ params, body, actor }, { signal }) => ({ status: 201, body: await draft(await need(params.id, actor), body, signal) }),
  });
}
