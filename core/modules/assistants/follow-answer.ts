import type { AnswerPiece, PublicMessageDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { contactMessages, findConversationById, type LoadedConversation } from '../conversations/index.ts';
import { streamTopic, type StreamHint } from './answer-stream.ts';
import { Pipe } from './pipe.ts';

const longestMs = 90_000;
/** A hint that was lost is made good within this. */
const lookMs = 1_000;

/** What an assistant says to the contact whose context this is, after a message, and how it ended. */
export function followAnswer(ctx: ActionContext, conversation: LoadedConversation, { afterSeq, timeoutMs = longestMs }: { afterSeq: number; timeoutMs?: number | undefined }): AsyncIterable<AnswerPiece> {
  const { kernel } = ctx;
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
    clearTimeout(end);
    leave();
  };
  const pipe = new Pipe<AnswerPiece>(stop);
  const finish = (handledBy: 'assistant' | 'human', message: PublicMessageDto | null): void => {
    if (isOver) return;
    stop();
    pipe.end({ done: { handledBy, message } });
  };
  const look = async (isLast = false): Promise<void> => {
    const present = await findConversationById(ctx.db, conversation.id);
    if (isOver) return;
    const said = present && present.last_public_seq > afterSeq ? await answerAfter(ctx, present, afterSeq) : null;
    // Last words on the way to people are an assistant's, but people go on.
    if (said) finish(present?.ai_state === 'active' ? 'assistant' : 'human', said);
    else if (present?.ai_state !== 'active') finish('human', null);
    else if (isLast) finish('assistant', null);
  };
  const safely = (isLast = false): void => void look(isLast).catch((error: unknown) => {
    if (isOver) return;
    stop();
    pipe.fail(error);
  });
  const leave = kernel.bus.subscribe(streamTopic, (payload) => {
    const hint = payload as StreamHint;
    if ('delta' in hint && hint.delta.conversationId === conversation.uid && hint.delta.text !== '') pipe.push({ text: hint.delta.text });
    if ('end' in hint && hint.end.conversationId === conversation.uid) safely();
  });
  const timer = setInterval(() => safely(), lookMs).unref();
  const end = setTimeout(() => safely(true), Math.min(timeoutMs, longestMs)).unref();
  safely();
  return pipe;
}

async function answerAfter(ctx: ActionContext, conversation: LoadedConversation, afterSeq: number): Promise<PublicMessageDto | null> {
  const { data } = await contactMessages(ctx, conversation, { afterSeq, limit: 20 });
  return data.find(({ kind, author }) => kind === 'reply' && author.type === 'assistant') ?? null;
}
