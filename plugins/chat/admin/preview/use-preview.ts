import { api, ApiError } from '@plugboard/admin-sdk';
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { toBody, type Draft } from '../editor/draft.ts';
import { draftSchema } from '../editor/draft-schema.ts';
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
const lists = ['conversationButtons', 'selfServiceLinks', 'externalLinks'] as const;
type Body = ReturnType<typeof toBody>;

/** The draft without what is not valid yet: half a link is left out, and of other fields the last valid value stands. */
function drawable(draft: Draft, lastGood: Body): { body: Body; isWhole: boolean } {
  const body = toBody(draft);
  const issues = draftSchema.safeParse(draft).error?.issues ?? [];
  const bad = new Map<keyof Body, Set<unknown>>();
  for (const { path: [field, index] } of issues) if (field !== 'texts') bad.set(field as keyof Body, (bad.get(field as keyof Body) ?? new Set()).add(index));
  for (const [field, indexes] of bad) {
    const list = lists.find((name) => name === field);
    if (list) Object.assign(body, { [list]: body[list].filter((_part, index) => !indexes.has(index)) });
    else Object.assign(body, { [field]: lastGood[field] });
  }
  if (body.conversationButtons.length === 0) body.conversationButtons = lastGood.conversationButtons;
  return { body, isWhole: bad.size === 0 };
}

/** Asks for the drawing of the draft while one types: the newest counts, an invalid one is passed over. */
export function usePreview(editor: Pick<Editor, 'form' | 'widget' | 'locale' | 'texts'>): Preview {
  const drawing = shallowRef<Drawing | null>(null);
  const isBehind = ref(false);
  const hasFailed = ref(false);
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let lastGood = toBody(editor.form.values);
  const bodyOf = () => {
    const { body, isWhole } = drawable(editor.form.values, lastGood);
    lastGood = body;
    isBehind.value = !isWhole;
    return { draft: body, locale: editor.locale.value, texts: editor.texts.drafts(editor.locale.value) };
  };
  const ask = async (text: string) => {
    running?.abort();
    const mine = running = new AbortController();
    try {
      drawing.value = await api.post<Drawing>(`/widgets/${editor.widget.value.id}/preview`, JSON.parse(text), { signal: mine.signal });
      hasFailed.value = false;
    } catch (error) {
      if (mine.signal.aborted) return;
      // A name that only the server knows to be taken or gone: the form says so when it is saved.
      if (error instanceof ApiError && error.status === 400) isBehind.value = true;
      else hasFailed.value = true;
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
