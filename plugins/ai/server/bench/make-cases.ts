import type { CallActor, PluginContext, z } from '@plugboard/sdk';
import { listen } from '../language/phrases.ts';
import type { Parts } from '../parts.ts';
import { reachOf } from '../reach.ts';
import { redact } from '../redact.ts';
import type { fromAnswerBody, importBody } from './bench.schema.ts';
import type { BenchCase } from './bench.store.ts';

type Thread = { questions: string[]; reply: string | null };

/** The first thing that was asked and what an operator answered to it, without what tells who it was. */
async function threadOf({ conversations, contacts }: PluginContext, contactId: string, conversationId: string, upTo = Number.MAX_SAFE_INTEGER): Promise<Thread | null> {
  const thread = await conversations.messages({ contactId, conversationId, limit: 100 }).catch(() => null);
  if (!thread) return null;
  const contact = await contacts.get(contactId).catch(() => null);
  const replies = thread.data.filter(({ kind, seq }) => kind === 'reply' && seq <= upTo);
  const clean = (text: string): string => redact(text, [contact?.name ?? null]).trim().slice(0, 2_000);
  const asked = replies.filter(({ isMine, body }) => isMine && listen(body.text).smalltalk === null).map(({ body }) => clean(body.text)).filter(Boolean);
  const reply = replies.find(({ author }) => author.type === 'operator');
  const questions = upTo === Number.MAX_SAFE_INTEGER ? asked.slice(0, 1) : asked.slice(-2);
  return questions.length === 0 ? null : { questions, reply: reply ? clean(reply.body.text) : null };
}

/** The sentence of a reply that says most: a proposal for a fact, to be looked over. */
function factIn(reply: string): string {
  const sentences = reply.split(/(?<=[.!?])\s+|\n+/).map((sentence) => sentence.trim()).filter((sentence) => sentence.length >= 15 && listen(sentence).smalltalk === null);
  return ([...sentences].sort((a, b) => Number(/\d/.test(b)) - Number(/\d/.test(a)) || b.length - a.length)[0] ?? reply).slice(0, 300);
}

/** Cases from what people resolved. They begin switched off: what is expected is only a proposal. */
export async function importCases(ctx: PluginContext, { bench }: Pick<Parts, 'bench'>, { brandId, limit }: z.output<typeof importBody>, actor: CallActor): Promise<BenchCase[]> {
  const reach = await reachOf(ctx, actor);
  const made: BenchCase[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 5 && made.length < limit; pages += 1) {
    const page = await ctx.conversations.resolved({ limit: 50, ...(brandId ? { brandId } : {}), ...(cursor ? { cursor } : {}) });
    for (const conversation of page.data) {
      if (made.length >= limit || !reach.has(conversation.brandId) || await bench.hasOrigin(conversation.id)) continue;
      const thread = await threadOf(ctx, conversation.contactId, conversation.id);
      if (!thread?.reply) continue;
      made.push(await bench.addCase({ brandId: conversation.brandId, locale: conversation.locale, questions: thread.questions, expect: 'answer', facts: [factIn(thread.reply)], audience: 'public' },
        { origin: 'conversation', originId: conversation.id, isEnabled: false }));
    }
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return made;
}

/** A case from an answer that was given: what it was asked, and what the one who looks wants to see. */
export async function caseFromAnswer(ctx: PluginContext, { bench, turns }: Pick<Parts, 'bench' | 'turns'>, { runId, expect, facts }: z.output<typeof fromAnswerBody>, actor: CallActor): Promise<BenchCase | null> {
  const found = await turns.byId(runId);
  const turn = found && (await reachOf(ctx, actor)).has(found.brand_id) ? found : null;
  const thread = turn ? await threadOf(ctx, turn.contact_id, turn.conversation_id, Number(turn.last_seq)) : null;
  if (!turn || !thread) return null;
  const wanted = expect === 'answer' && facts.length === 0 && thread.reply ? [factIn(thread.reply)] : facts;
  return bench.addCase({ brandId: turn.brand_id, locale: turn.locale, questions: thread.questions, expect, facts: wanted, audience: 'public' }, { origin: 'answer', originId: runId, isEnabled: expect !== 'answer' || wanted.length > 0 });
}
