import type { InjectionKey } from 'vue';

/** Provided by a layout whose own `<main>` holds the page. */
export const isInsideMain: InjectionKey<boolean> = Symbol('isInsideMain');
