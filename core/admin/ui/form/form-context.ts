import { computed, inject, type ComputedRef, type InjectionKey } from 'vue';

/** What a field needs of the form around it. */
export interface FormContext { readonly errors: Readonly<Record<string, string>> }
export const formContextKey: InjectionKey<FormContext> = Symbol('form');

/** The error of a field: the one it was given, else the form's for its path. */
export function useFieldError(name: () => string | undefined, own: () => string | undefined): ComputedRef<string | undefined> {
  const form = inject(formContextKey, null);
  return computed(() => own() ?? (name() === undefined ? undefined : form?.errors[name()!]));
}
