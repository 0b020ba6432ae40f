import type { FormState } from '@plugboard/admin-sdk';
import { inject, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { Brand, Department, Language, Widget } from '../types.ts';
import type { Draft } from './draft.ts';
import type { LocaleCount, TextStore } from '../translations/texts.store.ts';

/** What the page reads before the editor stands. */
export interface EditorData { widget: Widget; brands: Brand[]; departments: Department[]; languages: Language[]; hasAssistant: boolean; counts: LocaleCount[] }

/** What every tab of the editor works with. */
export interface Editor {
  /** As it was saved last. */
  widget: Readonly<Ref<Widget>>;
  form: FormState<Draft>;
  brand: ComputedRef<Brand | undefined>;
  brands: readonly Brand[];
  departments: readonly Department[];
  hasAssistant: boolean;
  /** The desk's and the widget's own, the desk's first. */
  languages: ComputedRef<Language[]>;
  addLanguage(locale: string): void;
  /** The language in which the preview stands: of whatever text was written last. */
  locale: Ref<string>;
  /** The language that is open in Translations. It changes only there. */
  textsLocale: Ref<string>;
  texts: TextStore;
  /** Parts of the dashboard that are unfolded, by id. */
  unfolded: Set<string>;
  /** Something of the widget was changed beside the form: its secret. */
  replaceWidget(change: Partial<Widget>): void;
}

export const editorKey: InjectionKey<Editor> = Symbol('chat widget editor');

export function useEditor(): Editor {
  const editor = inject(editorKey);
  if (!editor) throw new Error('the editor of a widget is around its tabs');
  return editor;
}
