import { ApiError, useForm, useT, type FormState } from '@plugboard/admin-sdk';
import { shallowRef, type ShallowRef } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import { ai } from '../api.ts';
import type { Assistant } from '../types.ts';
import { toBody, toDraft, type Draft } from './draft.ts';
import { draftSchema, errorWords } from './draft-schema.ts';

export interface AssistantForm {
  form: FormState<Draft>;
  /** As it was saved last. */
  assistant: ShallowRef<Assistant>;
  /** Somebody else saved since: what they saved. */
  newer: ShallowRef<Assistant | null>;
  /** Shows what is saved now and forgets what was typed. */
  takeNewer(): void;
  /** Keeps what was changed here and takes the rest of the newer one, ready to be saved. */
  keepMine(): void;
}

/** One form over all tabs: checks, saving, and what happens when somebody else was faster. */
export function useAssistantForm(first: Assistant): AssistantForm {
  const t = useT('ai');
  const assistant = shallowRef(first);
  const newer = shallowRef<Assistant | null>(null);
  const home = `/p/ai/assistants/${first.id}`;
  const leaves = (to: RouteLocationNormalized) => to.path !== home && !to.path.startsWith(`${home}/`);

  /** The server names codes; people get words. */
  const inWords = (error: unknown): unknown => {
    if (!(error instanceof ApiError) || !error.problem.errors) return error;
    const errors = error.problem.errors.map((entry) => (entry.code === 'unknown' ? { ...entry, message: t('admin.errors.unknown') } : entry));
    return new ApiError({ ...error.problem, errors });
  };

  const form: FormState<Draft> = useForm({
    schema: draftSchema, initial: toDraft(first), guard: leaves,
    say: (issue) => (errorWords.includes(issue.message) ? t(`admin.errors.${issue.message}`) : undefined),
    async submit() {
      const sent = JSON.parse(JSON.stringify(form.values)) as Draft;
      try {
        assistant.value = await ai.patch<Assistant>(`/assistants/${first.id}`, { ...toBody(sent), version: assistant.value.version });
        form.rebase(toDraft(assistant.value), sent);
      } catch (error) {
        if (error instanceof ApiError && error.problem.code === 'stale') newer.value = (error.problem.assistant as Assistant | undefined) ?? await ai.get<Assistant>(`/assistants/${first.id}`);
        throw inWords(error);
      }
    },
  });

  return {
    form, assistant, newer,
    takeNewer() {
      if (!newer.value) return;
      assistant.value = newer.value;
      form.reset(toDraft(newer.value));
      newer.value = null;
    },
    keepMine() {
      if (!newer.value) return;
      const before = toDraft(assistant.value);
      assistant.value = newer.value;
      form.rebase(toDraft(newer.value), before);
      newer.value = null;
    },
  };
}
