import { onScopeDispose, ref, type Ref } from 'vue';
import { useTranslation } from 'i18next-vue';
import { toast } from './toast.ts';

const shownMs = 2_000;

/** Puts a text into the clipboard. `isDone` is true for a moment after it; a browser that refuses is told of. */
export function useCopy(text: () => string): { isDone: Ref<boolean>; copy: () => Promise<void> } {
  const { t } = useTranslation('settings');
  const isDone = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      return void toast.failed(t('ui.copyFailed'));
    }
    isDone.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => { isDone.value = false; }, shownMs);
  }
  return { isDone, copy };
}
