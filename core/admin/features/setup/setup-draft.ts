import { reactive, watch } from 'vue';
import type { z } from 'zod';
import type { setupBody } from '../../../shared/people.ts';

export type SetupBody = z.input<typeof setupBody>;
export interface SetupDraft { operator: SetupBody['operator']; brand: Required<SetupBody['brand']>; plugins: string[] | null }

const storageKey = 'plugboard.setup';

/** What was typed so far. It outlives a reload of the tab; the password does not. */
export function useSetupDraft(locale: string): SetupDraft {
  const draft = reactive<SetupDraft>({
    operator: { name: '', email: '', password: '' },
    brand: { name: '', slug: '', locale, color: '#06548c' },
    plugins: null,
  });
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<SetupDraft>;
    Object.assign(draft.operator, kept.operator);
    Object.assign(draft.brand, kept.brand);
    draft.plugins = kept.plugins ?? null;
  } catch {
    sessionStorage.removeItem(storageKey);
  }
  watch(draft, () => sessionStorage.setItem(storageKey, JSON.stringify({ ...draft, operator: { ...draft.operator, password: '' } })));
  return draft;
}

export const forgetSetupDraft = (): void => sessionStorage.removeItem(storageKey);
