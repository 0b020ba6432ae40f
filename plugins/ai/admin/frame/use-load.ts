import { onMounted, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';

export interface Load<T> { data: ShallowRef<T | undefined>; error: ShallowRef<unknown>; isLoading: Ref<boolean>; load(): Promise<void> }

/** Reads once the page is there; `load` reads again and leaves what is shown where it is. The newest reading counts. */
export function useLoad<T>(read: () => Promise<T>): Load<T> {
  const data = shallowRef<T>();
  const error = shallowRef<unknown>(null);
  const isLoading = ref(false);
  let turn = 0;
  async function load(): Promise<void> {
    const mine = ++turn;
    isLoading.value = true;
    try {
      const found = await read();
      if (mine !== turn) return;
      data.value = found;
      error.value = null;
    } catch (failure) {
      if (mine === turn) error.value = failure;
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }
  onMounted(load);
  onScopeDispose(() => { turn += 1; });
  return { data, error, isLoading, load };
}
