import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** True once `source` has been true for `delay` ms: a wait that is over at once shows no spinner. */
export function useDelayed(source: () => boolean | undefined, delay = 200): Ref<boolean> {
  const shown = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(source, (isOn) => {
    clearTimeout(timer);
    if (isOn) timer = setTimeout(() => { shown.value = true; }, delay);
    else shown.value = false;
  }, { immediate: true });
  onScopeDispose(() => clearTimeout(timer));
  return shown;
}
