import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { answerArticleBody, assistantStateBody, assistBody, rateAnswerBody } from '../../shared/assistants.ts';
import { idParams } from '../../shared/primitives.ts';
import { presentDetail, readConversation, setAssistantState, tellAssistantChanged } from '../conversations/index.ts';
import { answerToArticle } from './answer-to-article.ts';
import { assist } from './assist.ts';
import { serves, type Assistants } from './assistant-accounts.ts';
import { AssistantRun } from './assistant-run.model.ts';
import { presentAnswers, presentAssistant, presentConversationAssistant, presentSuggestion } from './assistant.presenter.ts';
import type { AssistantEngine } from './engine.ts';
import { rateAnswer } from './rate-answer.ts';
import { findSuggestion, selectRunsOf } from './run.queries.ts';
import type { TurnTools } from './turn-tools.ts';

const tag = 'assistants';
const path = '/api/v1/conversations/:id';
const mostAnswers = 50;

export interface AssistantDeps { assistants(): Assistants; engine(): AssistantEngine; tools: TurnTools }

export const assistantRoutes = (deps: AssistantDeps): Route[] => [...speakerRoutes(deps), ...answerRoutes(deps), ...suggestionRoutes()];

const speakerRoutes = ({ assistants, engine }: AssistantDeps): Route[] => [
  defineRoute({
    method: 'get', path: '/api/v1/assistants', tag, summary: 'Assistants of the plugins that are on', access: { policy: 'assistant.list' },
    handle: async () => ({ body: { data: (await assistants().list()).map(presentAssistant), nextCursor: null } }),
  }),
  defineRoute({
    method: 'get', path: `${path}/assistant`, tag, summary: 'Who speaks for the desk in a conversation', access: { policy: 'conversation.view' }, params: idParams,
    async handle({ ctx, params }) {
      const conversation = await readConversation(ctx, params.id);
      return { body: await presentConversationAssistant(ctx, conversation, await assistants().byOperator(conversation.assistant_id)) };
    },
  }),
  defineRoute({
    method: 'put', path: `${path}/assistant`, tag, summary: 'Takes a conversation from an assistant, keeps it silent, or passes it (back) to one',
    description: 'Whatever the assistant was writing at that moment is not said. 409 `stale` carries the present state.',
    access: { policy: 'conversation.assign' }, params: idParams, body: assistantStateBody,
    async handle({ ctx, params, body }) {
      const seen = await readConversation(ctx, params.id);
      const known = body.state !== 'active' ? null
        : body.assistantId === undefined ? await assistants().byOperator(seen.assistant_id) ?? await assistants().forBrand(seen.brand_uid, true)
        : (await assistants().list()).find(({ operator }) => operator.uid === body.assistantId) ?? null;
      const changed = await setAssistantState(ctx, params.id, { version: body.version, state: body.state, assistant: known && known.account.mode !== 'off' && serves(known, seen.brand_uid) ? known.operator : null });
      if (body.state === 'active') await engine().call(changed);
      return { body: await presentDetail(ctx, changed) };
    },
  }),
];

const answerRoutes = ({ assistants, tools }: AssistantDeps): Route[] => [
  defineRoute({
    method: 'get', path: `${path}/answers`, tag, summary: 'Turns of assistants in a conversation, the newest first, with what they came from', access: { policy: 'answer.list' }, params: idParams,
    async handle({ ctx, params }) {
      const conversation = await readConversation(ctx, params.id);
      const runs = await selectRunsOf(ctx.db, conversation.id, mostAnswers);
      return { body: { data: await presentAnswers(ctx, runs, await tools.callsOf(ctx, runs.map(({ uid }) => uid))), nextCursor: null } };
    },
  }),
  defineRoute({
    method: 'put', path: '/api/v1/answers/:id/rating', tag, summary: 'Says whether an answer was good', access: { policy: 'answer.rate' }, params: idParams, body: rateAnswerBody,
    async handle({ ctx, params, body }) {
      const [answer] = await presentAnswers(ctx, [await rateAnswer(ctx, params.id, body)], new Map());
      return { body: answer };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/v1/answers/:id/article', tag, summary: 'Drafts an article out of a question and its answer', access: { policy: 'answer.to-article' }, params: idParams, body: answerArticleBody,
    handle: async ({ ctx, params, body }) => ({ status: 201, body: await answerToArticle(ctx, params.id, body) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/assist`, tag, summary: 'Asks an assistant for help: a draft, a summary, other words, a translation, an answer, similar conversations',
    description: 'Answers `application/x-ndjson`: lines `{ "text" }` as it is written, then one `{ "done": { text, sources, similar } }` or `{ "problem" }`. Nothing is sent to the contact.',
    access: { policy: 'assistant.ask' }, params: idParams, body: assistBody, perMinute: 30,
    handle: async ({ ctx, params, body }) => ({ lines: await assist(ctx, assistants(), params.id, body) }),
  }),
];

const suggestionRoutes = (): Route[] => [
  defineRoute({
    method: 'get', path: `${path}/suggestion`, tag, summary: 'The newest draft that waits for an operator', access: { policy: 'conversation.reply' }, params: idParams,
    async handle({ ctx, params }) {
      const conversation = await readConversation(ctx, params.id);
      const run = await findSuggestion(ctx.db, conversation.id);
      return { body: { suggestion: run ? await presentSuggestion(ctx, run) : null } };
    },
  }),
  defineRoute({
    method: 'delete', path: `${path}/suggestion/:runId`, tag, summary: 'Puts a draft away', access: { policy: 'conversation.reply' }, params: z.strictObject({ id: idParams.shape.id, runId: idParams.shape.id }),
    async handle({ ctx, params }) {
      const conversation = await readConversation(ctx, params.id);
      const changed = await ctx.transaction(async (tx) => {
        const rows = await AssistantRun.query(tx.db).where({ uid: params.runId, conversation_id: conversation.id }).patch({ dismissed_at: Date.now() });
        if (rows > 0) await tellAssistantChanged(tx, conversation.id);
        return rows;
      });
      if (changed === 0) throw notFound('suggestion');
      return { status: 204 };
    },
  }),
];
