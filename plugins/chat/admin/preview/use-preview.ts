import { api, ApiError } from '@plugboard/admin-sdk';
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { toBody } from '../editor/draft.ts';
import type { Editor } from '../editor/editor.ts';

/** What visitors would get, as the server makes it; the page in the preview draws it. */
export interface Drawing { launcher: unknown; app: unknown }

export interface Preview {
  drawing: ShallowRef<Drawing | null>;
  /** The draft can't be drawn as it is: what stands there is the last one that could. */
  isBehind: Ref<boolean>;
  hasFailed: Ref<boolean>;
}

const pause = 120;

/** Asks for the drawing of the draft while one types: the newest counts, an invalid one is passed over. */
export function usePreview(editor: Pick<Editor, 'form' | 'widget' | 'locale' | 'texts'>): Preview {
  const drawing = shallowRef<Drawing | null>(null);
  const isBehind = ref(false);
  const hasFailed = ref(false);
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const bodyOf = () => ({ draft: toBody(editor.form.values), locale: editor.locale.value, texts: editor.texts.drafts(editor.locale.value) });
  const ask = async (text: string) => {
    running?.abort();
    const mine = running = new AbortController();
    try {
      drawing.value = await api.post<Drawing>(`/widgets/${editor.widget.value.id}/preview`, JSON.parse(text), { signal: mine.signal });
      isBehind.value = hasFailed.value = false;
    } catch (error) {
      if (mine.signal.aborted) return;
      isBehind.value = error instanceof ApiError && error.status === 400;
      hasFailed.value = !isBehind.value;
    }
  };
  // The texts of the preview change when the widget was saved, though the body may not.
  watch(() => [JSON.stringify(bodyOf()), editor.widget.value.version] as const, ([text]) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(text), drawing.value ? pause : 0);
  }, { immediate: true });
  onScopeDispose(() => { clearTimeout(timer); running?.abort(); });
  return { drawing, isBehind, hasFailed };
}
