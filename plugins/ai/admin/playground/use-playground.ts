import { ApiError, useProblemText, useT } from '@plugboard/admin-sdk';
import { computed, onScopeDispose, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { base } from '../api.ts';
import { toBody } from '../editor/draft.ts';
import { draftSchema } from '../editor/draft-schema.ts';
import type { Editor } from '../editor/editor.ts';
import { linesOf } from './read-lines.ts';

export interface Trace { model: string | null; promptVersion: string; passages: { id: string; title: string; url: string | null; score: number; excerpt: string }[]; inputTokens: number; outputTokens: number; costMicros: number | null; notes?: string[] }
export interface HandOver { reason: string; summary?: string; departmentId?: string; priority?: string; tags?: string[]; message?: string }
export interface Done { text: string; sources: { title: string; url: string | null }[]; confidence: number | null; handOver: HandOver | null; trace: Trace; latencyMs: number; prompt: string | null }
export interface Asked { id: number; question: string; streamed: string; done: Done | null; problem: string | null }
export interface Reader { brandId: string; locale: string; audience: 'public' | 'signed-in'; page: string; traits: Record<string, string> }

type Line = { text?: string; done?: Done; problem?: { code: string; title?: string } };

export interface Playground {
  turns: Asked[];
  reader: Reader;
  isBusy: Ref<boolean>;
  /** The form is not valid as it stands: what was valid last is asked. */
  isBehind: Ref<boolean>;
  suggestions: ComputedRef<string[]>;
  ask(question: string): Promise<void>;
  /** Asks the last question once more, with the settings as they are now. */
  again(): Promise<void>;
  stop(): void;
  clear(): void;
}

/** What the assistant said in a turn, as the next question finds it. */
export const saidIn = ({ done, streamed }: Pick<Asked, 'done' | 'streamed'>): string => (done ? [done.text, done.handOver?.message].filter(Boolean).join('\n\n') : streamed);

/** A conversation with the assistant as it stands in the form. */
export function usePlayground(editor: Pick<Editor, 'form' | 'assistant' | 'brands' | 'languages'>): Playground {
  const t = useT('ai');
  const problemText = useProblemText();
  const { form, assistant, brands } = editor;
  const first = assistant.value.brandIds === 'all' ? brands[0] : brands.find(({ id }) => assistant.value.brandIds.includes(id)) ?? brands[0];
  const turns = reactive<Asked[]>([]);
  const reader = reactive<Reader>({ brandId: first?.id ?? '', locale: first?.locale ?? 'en', audience: 'public', page: '', traits: {} });
  const isBusy = ref(false);
  const isBehind = ref(false);
  let running: AbortController | null = null;
  let lastGood = toBody(form.values);
  let count = 0;

  const settings = () => {
    isBehind.value = !draftSchema.safeParse(form.values).success;
    if (!isBehind.value) lastGood = toBody(form.values);
    return lastGood;
  };
  const messagesOf = (turn: Asked) => turns.slice(0, turns.indexOf(turn)).flatMap((before) => [
    { author: 'contact' as const, text: before.question }, ...(saidIn(before) ? [{ author: 'assistant' as const, text: saidIn(before) }] : []),
  ]).concat({ author: 'contact', text: turn.question }).slice(-50);

  async function run(turn: Asked): Promise<void> {
    running?.abort();
    const mine = running = new AbortController();
    Object.assign(turn, { streamed: '', done: null, problem: null });
    isBusy.value = true;
    try {
      const { traits, page, ...who } = reader;
      const response = await fetch(`${base}/playground`, {
        method: 'POST', credentials: 'same-origin', signal: mine.signal,
        headers: { Accept: 'application/x-ndjson', 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
        body: JSON.stringify({ assistant: settings(), assistantId: assistant.value.id, ...who, traits, page, messages: messagesOf(turn) }),
      });
      if (!response.ok || !response.body) throw new ApiError(await response.json().catch(() => ({ type: 'about:blank', status: response.status, code: 'unavailable', title: t('admin.play.failed'), requestId: '' })));
      for await (const line of linesOf<Line>(response.body)) {
        if (line.text !== undefined) turn.streamed += line.text;
        if (line.done) turn.done = line.done;
        if (line.problem) turn.problem = t('admin.play.failed');
      }
      if (!turn.done && !turn.problem) turn.problem = t('admin.play.cut');
    } catch (error) {
      turn.problem = mine.signal.aborted ? t('admin.play.stopped') : error instanceof ApiError ? problemText(error) : t('admin.play.cut');
    } finally {
      if (running === mine) isBusy.value = false;
    }
  }
  onScopeDispose(() => running?.abort());

  return {
    turns, reader, isBusy, isBehind,
    suggestions: computed(() => {
      const { suggestedQuestions, suggestedQuestionsByLocale } = form.values;
      return (suggestedQuestionsByLocale[reader.locale] ?? suggestedQuestions).map((text) => text.trim()).filter(Boolean).slice(0, 6);
    }),
    async ask(question) {
      const text = question.trim();
      if (text === '' || isBusy.value) return;
      count += 1;
      turns.push({ id: count, question: text, streamed: '', done: null, problem: null });
      await run(turns.at(-1)!);
    },
    async again() {
      const last = turns.at(-1);
      if (last && !isBusy.value) await run(last);
    },
    stop: () => running?.abort(),
    clear() {
      running?.abort();
      turns.splice(0);
    },
  };
}
