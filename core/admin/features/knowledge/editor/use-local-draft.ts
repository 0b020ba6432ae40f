import { onScopeDispose, ref, watch, type Ref } from 'vue';

interface Kept<T> { at: string; values: T }

/** Keeps what is typed and not yet saved in this browser, so that a crash or a closed window loses nothing. */
export function useLocalDraft<T>(key: string, { values, isDirty, read }: { values: () => T; isDirty: Readonly<Ref<boolean>>; /** Null for what is no draft of this any more. */ read: (kept: unknown) => T | null }): {
  /** Left behind by an earlier visit. */
  found: Ref<Kept<T> | null>;
  forget(): void;
} {
  const found = ref<Kept<T> | null>(null) as Ref<Kept<T> | null>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const remove = () => { try { localStorage.removeItem(key); } catch { /* A browser without storage keeps nothing. */ } };
  // A full storage is no reason to disturb who writes: the guard on leaving is still there.
  const store = (kept: Kept<T>) => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { remove(); } };
  /** What was left behind stays until it is brought back or thrown away, or something newer is typed. */
  const keep = () => {
    if (isDirty.value) store({ at: new Date().toISOString(), values: values() });
    else if (!found.value) remove();
  };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<unknown> | null;
    const earlier = kept && read(kept.values);
    if (kept && earlier) found.value = { at: kept.at, values: earlier };
  } catch {
    remove();
  }
  watch(() => JSON.stringify(values()), () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 600);
  });
  // Who leaves by a link was asked about it.
  onScopeDispose(() => { clearTimeout(timer); if (found.value) store(found.value); else remove(); });
  return { found, forget: () => { found.value = null; remove(); } };
}
