import { useProblemText } from '@plugboard/admin-sdk';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ai } from '../api.ts';
import type { CheckAnswer, ConnectionKind } from '../types.ts';

export interface CheckInput { id?: string; kind: ConnectionKind; baseUrl: string; apiKey?: string | null; model: string; modelKind: 'language' | 'embedding' }
export interface Check { answer: ShallowRef<CheckAnswer | null>; problem: Ref<string | null>; isBusy: Ref<boolean>; run(input: CheckInput): Promise<void>; forget(): void }

/** Test connection: what came of it stays until something is changed. */
export function useCheck(): Check {
  const problemText = useProblemText();
  const answer = shallowRef<CheckAnswer | null>(null);
  const problem = ref<string | null>(null);
  const isBusy = ref(false);
  let turn = 0;
  const forget = () => { turn += 1; answer.value = null; problem.value = null; };
  return {
    answer, problem, isBusy, forget,
    async run(input) {
      if (isBusy.value) return;
      forget();
      const mine = turn;
      isBusy.value = true;
      try {
        const found = await ai.post<CheckAnswer>('/connections/check', input);
        if (mine === turn) answer.value = found;
      } catch (error) {
        if (mine === turn) problem.value = problemText(error);
      } finally {
        isBusy.value = false;
      }
    },
  };
}
