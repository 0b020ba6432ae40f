export type Values = Record<string, unknown>;
type Callable = ((...call: unknown[]) => unknown) & { q?: unknown[][]; init?: unknown };
interface ScriptPolicies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } }
declare global {
  interface Window { Plugboard?: unknown; trustedTypes?: ScriptPolicies }
}

const self = document.currentScript as HTMLScriptElement;

/** The desk is where this script came from, whatever address the old snippet names. */
export const origin = new URL(self.src).origin;

/** Calls the desk's script; before it is there the call waits in its queue. */
export function plugboard(...call: unknown[]): unknown {
  const stub: Callable = (...given) => { (stub.q ??= []).push(given); };
  return ((window.Plugboard ??= stub) as Callable)(...call);
}

/** Puts the desk's script on the page, unless the page has it. */
export function loadWidget(): void {
  if (Object.hasOwn(window.Plugboard ?? {}, 'init')) return;
  const url = `${origin}/widget.js`;
  const script = document.createElement('script');
  script.async = true;
  script.nonce = self.nonce;
  script.src = (window.trustedTypes?.createPolicy('plugboard', { createScriptURL: (given) => given }).createScriptURL(url) ?? url) as string;
  document.head.append(script);
}

/** What was called before this script came: the queue of the old snippet. */
export const queueOf = (stub: unknown): unknown[][] => {
  const { q } = { q: [], ...(stub as { q?: ArrayLike<unknown>[] } | undefined) };
  return q.map((call) => Array.from(call));
};

/** Without what is not set. */
export const given = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));

/** Without the names that are the desk's own, and with the sign-up under the desk's name of it. */
export function traitsOf(values: Values): Values | undefined {
  const { id: _id, created_at, updated_at: _updated, ...traits } = values;
  const kept = given({ signed_up_at: created_at, ...traits });
  return Object.keys(kept).length > 0 ? kept : undefined;
}
