import { useEventListener, useResizeObserver } from '@vueuse/core';
import { nextTick, ref, type Ref } from 'vue';

const nearEnd = 48;
const nearStart = 400;

/**
 * Keeps the end of a thread in sight while the reader is there, and what is read in its place while older messages come
 * in above it.
 */
export function useThreadScroll(scroller: Ref<HTMLElement | null>, content: Ref<HTMLElement | null>, onNearStart: () => void) {
  const isAtEnd = ref(true);

  const toEnd = (behavior: ScrollBehavior = 'instant') => {
    isAtEnd.value = true;
    scroller.value?.scrollTo({ top: scroller.value.scrollHeight, behavior });
  };

  useEventListener(scroller, 'scroll', () => {
    const box = scroller.value!;
    isAtEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (box.scrollTop < nearStart) onNearStart();
  }, { passive: true });
  useResizeObserver([scroller, content], () => { if (isAtEnd.value) toEnd(); });

  /** Runs `change` and leaves the first row on screen where it was. */
  async function inPlace(change: () => Promise<void>): Promise<void> {
    const box = scroller.value;
    const anchor = box && [...box.querySelectorAll<HTMLElement>('[data-row]')].find((row) => row.getBoundingClientRect().bottom > box.getBoundingClientRect().top);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    await change();
    await nextTick();
    if (box && anchor?.isConnected) box.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  return { isAtEnd, toEnd, inPlace };
}
