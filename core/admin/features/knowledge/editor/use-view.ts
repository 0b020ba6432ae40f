import { useMediaQuery } from '@vueuse/core';
import { computed, ref } from 'vue';
import { useTranslation } from 'i18next-vue';

export type EditorView = 'write' | 'split' | 'preview';
const storageKey = 'plugboard.editor.view';

/** Whether one writes, reads, or does both side by side; that needs room, and is remembered. */
export function useView() {
  const { t } = useTranslation('knowledge');
  const canSplit = useMediaQuery('(min-width: 860px)');
  const kept = localStorage.getItem(storageKey);
  const wanted = ref<EditorView>(kept === 'write' || kept === 'preview' ? kept : 'split');
  const view = computed<EditorView>({
    get: () => (wanted.value === 'split' && !canSplit.value ? 'write' : wanted.value),
    set: (next) => { wanted.value = next; localStorage.setItem(storageKey, next); },
  });
  const options = computed(() => (['write', ...(canSplit.value ? ['split'] : []), 'preview'] as EditorView[]).map((value) => ({ value, label: t(`editor.views.${value}`) })));
  return { view, options, canSplit };
}
