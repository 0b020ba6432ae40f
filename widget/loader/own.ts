export type Given = Record<string, unknown>;

/** Only what a page set by name: it may have added anything to every object. */
export const own = (given: unknown): Given => ({ __proto__: null, ...(given as Given) }) as Given;

/** A copy that can be posted: no functions, no proxies, nothing that the page changes later. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
