import type { FormState } from '@plugboard/admin-sdk';
import { inject, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { Assistant, Brand, Connection, Department, Language, Model } from '../types.ts';
import type { Draft } from './draft.ts';

/** What the page reads before the editor stands. */
export interface EditorData { assistant: Assistant; brands: Brand[]; departments: Department[]; languages: Language[]; models: Model[]; connections: Connection[] }

/** What every tab of the editor works with. */
export interface Editor extends Omit<EditorData, 'assistant' | 'languages'> {
  /** As it was saved last. */
  assistant: Readonly<Ref<Assistant>>;
  form: FormState<Draft>;
  /** The desk's own and those that the assistant is limited to. */
  languages: ComputedRef<Language[]>;
  /** Rules that are unfolded, by id. */
  unfolded: Set<string>;
}

export const editorKey: InjectionKey<Editor> = Symbol('assistant editor');

export function useEditor(): Editor {
  const editor = inject(editorKey);
  if (!editor) throw new Error('the editor of an assistant is around its tabs');
  return editor;
}
