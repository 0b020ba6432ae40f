import type { AssistRequest } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { AssistAnswer, AssistBody } from '../../shared/assistants.ts';
import { readConversation } from '../conversations/index.ts';
import { serves, type Assistants, type KnownAssistant } from './assistant-accounts.ts';
import { assistAnswerSchema } from './answer.schema.ts';
import { buildTurn } from './build-turn.ts';
import { Pipe } from './pipe.ts';

const assistMs = 60_000;

type Line = { text: string } | { done: AssistAnswer };

/** Help for an operator beside a conversation, as it is written. It goes to whoever asked, never into the thread. */
export async function assist(ctx: ActionContext, assistants: Assistants, conversationId: string, body: AssistBody): Promise<AsyncIterable<Line>> {
  ctx.authorize('assistant.ask');
  const conversation = await readConversation(ctx, conversationId);
  const known = await choose(assistants, conversation.brand_uid, body.assistantId);
  const operator = ctx.actor as OperatorActor;
  const { kind, text, instruction, locale } = body;
  const request: AssistRequest = {
    kind, assistantId: known.account.id, operatorId: operator.id, turn: await buildTurn(ctx, conversation, known.account.id),
    ...(text === undefined ? {} : { text: text.replaceAll('\u0000', '').toWellFormed() }), ...(instruction === undefined ? {} : { instruction }), ...(locale === undefined ? {} : { locale }),
  };
  const ends = new AbortController();
  const pipe = new Pipe<Line>(() => ends.abort(new AppError(499, 'client_gone')));
  known.provider.assist?.(request, {
    signal: AbortSignal.any([ends.signal, AbortSignal.timeout(assistMs)]), actor: { type: 'operator', id: operator.id }, locale: ctx.locale,
    emit: async (piece) => { if (typeof piece === 'string' && piece !== '') pipe.push({ text: piece }); },
  }).then(async (answer) => {
    const { text: whole, sources = [], similar = [] } = assistAnswerSchema.parse(answer);
    pipe.end({ done: { text: whole, sources, similar: await visibleTo(ctx, similar) } });
  }).catch((error: unknown) => pipe.fail(error instanceof AppError || (error as Error).name === 'PluginError' ? error : new AppError(502, 'assistant_failed')));
  return pipe;
}

/** A plugin looks for likenesses among all conversations: those that the asker may not see are not there. */
async function visibleTo(ctx: ActionContext, similar: AssistAnswer['similar']): Promise<AssistAnswer['similar']> {
  const seen = await Promise.all(similar.map(async (one) => readConversation(ctx, one.conversationId).then(() => [one], () => [])));
  return seen.flat();
}

async function choose(assistants: Assistants, brandUid: string, wanted: string | undefined): Promise<KnownAssistant> {
  const able = (await assistants.list()).filter((one) => one.provider.assist && serves(one, brandUid));
  const known = wanted === undefined ? able.find(({ account }) => account.isDefault) ?? able[0] : able.find(({ operator }) => operator.uid === wanted);
  if (!known) throw wanted === undefined ? new AppError(409, 'no_assistant') : notFound('assistant');
  return known;
}
