import { ref, watch } from 'vue';

export type Mode = 'system' | 'light' | 'dark';

const storageKey = 'plugboard.mode';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isMode = (value: string | null): value is Mode => value === 'light' || value === 'dark' || value === 'system';
const kept = localStorage.getItem(storageKey);

/** What the person chose. `public/mode.js` reads the same place before the first paint. */
export const mode = ref<Mode>(isMode(kept) ? kept : 'system');

/** Keeps the document in the chosen mode, and with the system while that is the choice. */
export function startTheme(): void {
  const apply = () => {
    const isDark = mode.value === 'dark' || (mode.value === 'system' && prefersDark.matches);
    document.documentElement.dataset.mode = isDark ? 'dark' : 'light';
    localStorage.setItem(storageKey, mode.value);
  };
  watch(mode, apply, { immediate: true });
  prefersDark.addEventListener('change', apply);
}
