import { nextTick, watch, type Ref } from 'vue';

/** Lets a text area be as tall as its text, up to what its style allows. */
export function useGrowing(area: Ref<HTMLTextAreaElement | null>, text: () => string): void {
  watch([area, text], async () => {
    await nextTick();
    if (!area.value) return;
    area.value.style.blockSize = 'auto';
    area.value.style.blockSize = `${area.value.scrollHeight}px`;
  }, { immediate: true, flush: 'post' });
}
