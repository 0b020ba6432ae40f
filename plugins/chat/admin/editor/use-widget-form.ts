import { api, ApiError, useForm, useT, type FormState } from '@plugboard/admin-sdk';
import { shallowRef, type ShallowRef } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Brand, Widget } from '../types.ts';
import { toBody, toDraft, type Draft, type TextChanges } from './draft.ts';
import { draftSchema } from './draft-schema.ts';

export interface WidgetForm {
  form: FormState<Draft>;
  /** As it was saved last. */
  widget: ShallowRef<Widget>;
  /** Somebody else saved since: what they saved. */
  newer: ShallowRef<Widget | null>;
  /** Shows what is saved now and forgets what was typed. */
  takeNewer(): void;
  /** Keeps what was changed here and takes the rest of the newer one, ready to be saved. */
  keepMine(): void;
}

interface Options { brands: readonly Brand[]; saveTexts: (changes: TextChanges) => Promise<void>; /** What is wrong with texts: codes by path. */ checkTexts: (changes: TextChanges) => Record<string, string> }

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const words = ['icon', 'url', 'target', 'slug', 'slugReserved', 'color', 'buttonText', 'emptyButton', 'origin', 'alias', 'noButton', 'duplicate'];
const byCode: Record<string, string> = { slug_taken: 'slugTaken', slug_reserved: 'slugReserved', alias_taken: 'aliasTaken', unknown: 'unknown', duplicate: 'duplicate', placeholder_missing: 'placeholderMissing', placeholder_unknown: 'placeholderUnknown' };

/** One form over all tabs: checks, saving of what changed, and what happens when somebody else was faster. */
export function useWidgetForm(first: Widget, { brands, saveTexts, checkTexts }: Options): WidgetForm {
  const t = useT('chat');
  const widget = shallowRef(first);
  const newer = shallowRef<Widget | null>(null);
  const draftOf = (from: Widget) => toDraft(from, brands.find((brand) => brand.id === from.brandId)?.color ?? '#06548c');
  const home = `/p/chat/widgets/${first.id}`;
  const leaves = (to: RouteLocationNormalized) => to.path !== home && !to.path.startsWith(`${home}/`);

  /** The server names codes; people get words. */
  const inWords = (error: unknown): unknown => {
    if (!(error instanceof ApiError) || !error.problem.errors) return error;
    const errors = error.problem.errors.map((entry) => {
      const word = entry.code === 'unknown' && /icon$/i.test(entry.path) ? 'iconUnknown' : byCode[entry.code];
      return { ...entry, message: word ? t(`admin.errors.${word}`) : entry.message };
    });
    return new ApiError({ ...error.problem, errors });
  };

  const form: FormState<Draft> = useForm({
    schema: draftSchema, initial: draftOf(first), guard: leaves,
    say: (issue) => (words.includes(issue.message) ? t(`admin.errors.${issue.message}`) : undefined),
    async submit() {
      const sent = copy(form.values) as Draft;
      const faults = checkTexts(sent.texts);
      if (Object.keys(faults).length > 0) throw inWords(new ApiError(problemOf(faults)));
      const body = toBody(sent);
      try {
        if (JSON.stringify(body) !== JSON.stringify(toBody(draftOf(widget.value)))) {
          widget.value = await api.patch<Widget>(`/widgets/${first.id}`, { ...body, version: widget.value.version });
          // The texts stay unsaved until they are: what follows may fail.
          form.rebase({ ...draftOf(widget.value), texts: {} }, { ...sent, texts: {} });
        }
        await saveTexts(sent.texts);
        form.rebase({ ...draftOf(widget.value), texts: {} }, sent);
      } catch (error) {
        if (error instanceof ApiError && error.problem.code === 'stale') newer.value = await newerOf(error, first.id);
        throw inWords(error);
      }
    },
  });

  return {
    form, widget, newer,
    takeNewer() {
      if (!newer.value) return;
      widget.value = newer.value;
      form.reset(draftOf(newer.value));
      newer.value = null;
    },
    keepMine() {
      if (!newer.value) return;
      const before = draftOf(widget.value);
      widget.value = newer.value;
      form.rebase({ ...draftOf(newer.value), texts: {} }, { ...before, texts: {} });
      newer.value = null;
    },
  };
}

const newerOf = async (error: ApiError, id: string): Promise<Widget> => (error.problem.widget as Widget | undefined) ?? api.get<Widget>(`/widgets/${id}`);

const problemOf = (faults: Record<string, string>) => ({
  type: 'about:blank' as const, status: 400, code: 'invalid', title: '', requestId: '',
  errors: Object.entries(faults).map(([path, code]) => ({ path, code, message: code })),
});
