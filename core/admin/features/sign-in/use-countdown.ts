import { useIntervalFn } from '@vueuse/core';
import { computed, ref } from 'vue';

/** Counts whole seconds down to zero. */
export function useCountdown() {
  const seconds = ref(0);
  const timer = useIntervalFn(() => {
    seconds.value -= 1;
    if (seconds.value <= 0) timer.pause();
  }, 1_000, { immediate: false });
  return {
    seconds,
    isRunning: computed(() => seconds.value > 0),
    start(from: number) {
      seconds.value = Math.max(1, Math.ceil(from));
      timer.resume();
    },
  };
}
