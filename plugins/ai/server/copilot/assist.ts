import type { AssistantProvider, AssistRequest, Passage, PluginContext } from '@plugboard/sdk';
import { PluginError } from '@plugboard/sdk';
import { answerByRetrieval } from '../answering/answer-by-retrieval.ts';
import { whatIsAsked } from '../answering/asked.ts';
import { addressesIn, cleanOutput, StreamCleaner } from '../answering/clean-output.ts';
import { sourcesOf } from '../answering/draft.ts';
import { plain } from '../answering/message-format.ts';
import type { AssistantStore } from '../assistants/assistant.store.ts';
import { contentWords } from '../language/words.ts';
import { NoModelAnswered, type Writer } from '../models/writer.ts';
import { assistPrompt } from '../prompt/assist-prompt.ts';

type Assist = NonNullable<AssistantProvider['assist']>;
type Answer = Awaited<ReturnType<Assist>>;
export interface AssistDeps { ctx: PluginContext; writer: Writer; assistants: AssistantStore }
type Call = Parameters<Assist>[1];

/** Helps an operator to write: with a model where there is one, else from the knowledge and the conversation as they stand. */
export async function assist(deps: AssistDeps, request: AssistRequest, call: Call): Promise<Answer> {
  const passages = await passagesFor(deps.ctx, request);
  if (request.kind === 'similar') return similar(passages);
  const assistant = await deps.assistants.byId(request.assistantId);
  const modelIds = assistant?.modelIds ?? [];
  if ((await deps.writer.usable(modelIds)).length > 0) {
    const written = await withModel(deps, request, passages, modelIds, call);
    if (written) return written;
    if (request.kind === 'rewrite' || request.kind === 'translate') throw new PluginError('model_failed', 502);
  }
  return withoutModel(deps.ctx, request, passages);
}

/** Operators read everything; a draft goes to the contact, so it stands on what the contact may read. */
async function passagesFor({ knowledge }: PluginContext, { kind, turn, operatorId, text, locale }: AssistRequest): Promise<Passage[]> {
  if (kind === 'summarise' || kind === 'rewrite' || kind === 'translate') return [];
  const query = (text?.trim() || whatIsAsked(turn).text || turn.messages.filter(({ author }) => author === 'contact').at(-1)?.text || turn.conversation.subject || '').slice(0, 1_000);
  if (query === '') return [];
  const reader = kind === 'draft' ? { contactId: turn.contact.id } : { operatorId };
  const { passages } = await knowledge.search({ query, brandId: turn.conversation.brandId, for: reader, locale: locale ?? turn.conversation.locale, limit: kind === 'similar' ? 20 : 8 });
  return kind === 'similar' ? passages.filter((passage) => passage.kind === 'conversation' && passage.documentId !== turn.conversation.id) : passages;
}

function similar(passages: readonly Passage[]): Answer {
  const seen = new Set<string>();
  const found = passages.filter(({ documentId }) => !seen.has(documentId) && seen.add(documentId)).slice(0, 8);
  return { text: '', similar: found.map(({ documentId, title, text }) => ({ conversationId: documentId, title, excerpt: plain(text).replace(/\s+/g, ' ').slice(0, 240) })) };
}

async function withModel({ writer, ctx }: AssistDeps, request: AssistRequest, passages: Passage[], modelIds: string[], { signal, emit }: Call): Promise<Answer | null> {
  const { system, messages, fence, grounds } = assistPrompt(request, passages);
  const allowed = addressesIn(grounds);
  const cleaner = new StreamCleaner(allowed);
  try {
    const written = await writer.write({
      modelIds, brandId: request.turn.conversation.brandId, system, messages, fence, signal,
      onText: async (piece) => {
        const fresh = cleaner.add(piece);
        if (fresh) await emit(fresh);
      },
    });
    const { text, cited } = cleanOutput(written.text, allowed);
    return text === '' ? null : { text, sources: sourcesOf(cited.flatMap((number) => passages[number - 1] ?? [])) };
  } catch (error) {
    if (!(error instanceof NoModelAnswered)) throw error;
    ctx.log.warn('the copilot got no answer', { notes: error.notes });
    return null;
  }
}

async function withoutModel(ctx: PluginContext, request: AssistRequest, passages: Passage[]): Promise<Answer> {
  const { kind, turn, text } = request;
  if (kind === 'rewrite' || kind === 'translate') throw new PluginError('model_needed', 409);
  if (kind === 'summarise') return { text: extractiveSummary(turn) };
  const asked = whatIsAsked(text?.trim() ? { ...turn, messages: [{ seq: 1, author: 'contact', name: '', text, attachments: [], createdAt: turn.conversation.createdAt }] } : turn);
  const drafted = answerByRetrieval(asked, { passages, confidence: 0, isJoined: false }, []);
  return { text: drafted.text || ctx.t('assist.nothing', {}, request.locale ?? turn.conversation.locale), sources: drafted.sources };
}

/** The messages that say most of what the conversation is about, in their order, each by its first sentences. */
export function extractiveSummary({ messages, conversation }: Pick<AssistRequest['turn'], 'messages' | 'conversation'>): string {
  const counts = new Map<string, number>();
  const words = messages.map(({ text }) => [...new Set(contentWords(text, conversation.locale))]);
  for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weight = (index: number): number => (words[index] ?? []).reduce((sum, word) => sum + Math.log(1 + (counts.get(word) ?? 0)), 0);
  const first = messages.findIndex(({ author }) => author === 'contact');
  const ranked = messages.map((_message, index) => index).sort((a, b) => weight(b) - weight(a));
  const chosen = [...new Set([first, messages.length - 1, ...ranked])].filter((index) => index >= 0 && (messages[index]?.text.trim() ?? '') !== '').slice(0, 5).sort((a, b) => a - b);
  return chosen.map((index) => `• **${(messages[index]?.name || '–').replace(/[*[\]]/g, '')}**: ${plain(messages[index]?.text ?? '').replace(/\s+/g, ' ').slice(0, 220)}`).join('\n');
}
