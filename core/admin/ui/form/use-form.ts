import { computed, onScopeDispose, provide, reactive, ref, toRaw, watch, type ComputedRef, type Ref, type UnwrapNestedRefs } from 'vue';
import { useTranslation } from 'i18next-vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { z } from 'zod';
import { problemOf, problemText } from '../problem.ts';
import { formContextKey } from './form-context.ts';
import { issueText } from './issue-text.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

type Path = string;

export interface FormOptions<S extends z.ZodType> {
  schema: S;
  initial: z.input<S>;
  /** Sends the checked values. What it throws is shown at the fields, or above the form. */
  submit: (values: z.output<S>) => Promise<unknown>;
  /**
   * Asks before changes are lost. On unless told; off for a form in a dialog that asks by itself. A function tells of a move to
   * another address whether it leaves the form: tabs of one form are no leaving.
   */
  guard?: boolean | ((to: RouteLocationNormalized) => boolean);
  /** Own words for what is wrong with a value; undefined for the desk's. */
  say?: (issue: z.core.$ZodIssue, value: unknown) => string | undefined;
}

export interface Form<V> {
  values: UnwrapNestedRefs<V & object>;
  errors: Record<Path, string>;
  /** What concerns no single field. */
  problem: Ref<string | null>;
  isDirty: ComputedRef<boolean>;
  isSaving: Ref<boolean>;
  /** Checks one field, as it is left. */
  touch(path: Path): void;
  setErrors(errors: Record<Path, string>): void;
  /** Back to what was saved last, or to new values. */
  reset(values?: V): void;
  /** These values are stored now. A part that was changed since `sent` stays as it was typed, and unsaved. */
  rebase(stored: V, sent?: V): void;
  /** True when it was saved. */
  submit(): Promise<boolean>;
}

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(toRaw(value))) as T);

/** Values, checks, errors, dirty guard and saving of one form. Call it in `setup`; draw it with `<Form :form>`. */
export function useForm<S extends z.ZodType>(options: FormOptions<S>): Form<z.input<S>> {
  const { t } = useTranslation('settings');
  const values = reactive(copy(options.initial) as object) as UnwrapNestedRefs<z.input<S> & object>;
  const saved = ref(JSON.stringify(options.initial));
  const errors = reactive<Record<Path, string>>({});
  const problem = ref<string | null>(null);
  const isSaving = ref(false);
  const wasSubmitted = ref(false);
  let wasRebased = false;
  const isDirty = computed(() => JSON.stringify(values) !== saved.value);
  let isAlive = true;
  onScopeDispose(() => { isAlive = false; });

  const check = (): Record<Path, string> => {
    const result = options.schema.safeParse(toRaw(values));
    const found: Record<Path, string> = {};
    for (const issue of result.error?.issues ?? []) {
      const value = valueAt(values, issue.path);
      found[issue.path.join('.')] ??= options.say?.(issue, value) ?? issueText(issue, t, value);
    }
    return found;
  };
  const setErrors = (next: Record<Path, string>) => {
    for (const path of Object.keys(errors)) if (!(path in next)) delete errors[path];
    Object.assign(errors, next);
  };
  const touch = (path: Path) => {
    const message = check()[path];
    if (message) errors[path] = message;
    else delete errors[path];
  };
  watch(values, () => {
    problem.value = null;
    if (Object.keys(errors).length === 0) return;
    const found = check();
    setErrors(wasSubmitted.value ? found : Object.fromEntries(Object.keys(errors).flatMap((path) => (found[path] ? [[path, found[path]]] : []))));
  });

  const reset = (next?: z.input<S>) => {
    const target = copy(next ?? JSON.parse(saved.value) as z.input<S>) as object;
    for (const key of Object.keys(values)) if (!(key in target)) delete (values as Record<string, unknown>)[key];
    Object.assign(values, target);
    saved.value = JSON.stringify(values);
    wasSubmitted.value = false;
    problem.value = null;
    setErrors({});
  };

  const rebase = (stored: z.input<S>, sent?: z.input<S>) => {
    wasRebased = true;
    const from = (sent ?? JSON.parse(saved.value)) as Record<string, unknown>;
    const live = values as Record<string, unknown>;
    for (const [key, value] of Object.entries(copy(stored) as Record<string, unknown>)) {
      if (JSON.stringify(live[key]) === JSON.stringify(from[key])) live[key] = value;
    }
    saved.value = JSON.stringify(Object.fromEntries(Object.keys(live).map((key) => [key, (stored as Record<string, unknown>)[key]])));
  };

  const takeFailure = (error: unknown) => {
    const told = Object.fromEntries((problemOf(error)?.errors ?? []).map((entry) => [entry.path.replace(/^(body|values)\.(?=.)/, ''), entry.message]));
    setErrors(told);
    problem.value = Object.keys(told).length > 0 ? null : problemText(error, t);
  };

  const submit = async (): Promise<boolean> => {
    if (isSaving.value) return false;
    wasSubmitted.value = true;
    problem.value = null;
    setErrors(check());
    const parsed = options.schema.safeParse(toRaw(values));
    if (!parsed.success) return false;
    isSaving.value = true;
    const sent = JSON.stringify(values);
    wasRebased = false;
    try {
      await options.submit(parsed.data);
      if (!wasRebased) saved.value = sent;
      wasSubmitted.value = false;
      return true;
    } catch (error) {
      if (isAlive) takeFailure(error);
      return false;
    } finally {
      isSaving.value = false;
    }
  };

  if (options.guard !== false) useLeaveGuard(isDirty, typeof options.guard === 'function' ? options.guard : undefined);
  provide(formContextKey, { errors });
  return { values, errors, problem, isDirty, isSaving, touch, setErrors, reset, rebase, submit };
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), values);
}
