import { computed, onUnmounted, ref } from 'vue';

/** Whole seconds until a time (epoch ms), counted down on screen. */
export function useCountdown(end: () => number) {
  const now = ref(Date.now());
  const tick = setInterval(() => { now.value = Date.now(); }, 500);
  onUnmounted(() => clearInterval(tick));
  const seconds = computed(() => Math.max(0, Math.ceil((end() - now.value) / 1_000)));
  const clock = computed(() => `${Math.floor(seconds.value / 60)}:${String(seconds.value % 60).padStart(2, '0')}`);
  return { seconds, clock };
}
