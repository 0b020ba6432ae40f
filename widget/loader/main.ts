import type { Options, Theme } from './widget.ts';
import { Widget } from './widget.ts';

type Listener = (detail?: unknown) => void;
type InitOptions = Record<string, unknown>;
interface Stub { (...call: unknown[]): void; q?: ArrayLike<unknown>[]; init?: unknown }
declare global {
  interface Window { Plugboard?: Stub; plugboardAsyncInit?: () => void }
}

const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement;
const listeners = new Map<string, Set<Listener>>();
let widget: Widget | null = null;

/** Only what was set by name: a page may have added anything to every object. */
const own = (options: InitOptions, ...names: string[]): string | undefined => {
  const name = names.find((candidate) => Object.hasOwn(options, candidate) && typeof options[candidate] === 'string');
  return name && options[name] as string;
};

function emit(name: string, detail?: unknown): void {
  listeners.get(name)?.forEach((listener) => listener(detail));
  dispatchEvent(new CustomEvent(`plugboard:${name}`, { detail }));
}

const on = (name: string, listener: Listener) => { listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)); };

const callbacks: [string, string][] = [['onReady', 'ready'], ['onError', 'error'], ['onMessage', 'message'], ['onChatOpen', 'open'], ['onChatClose', 'close']];

function init(given: InitOptions = {}): unknown {
  if (widget) {
    console.warn('Plugboard is already on this page; the second init changes nothing.');
    return api;
  }
  const options: Options = {
    tenant: own(given, 'tenant', 'orgId'), widget: own(given, 'widget', 'hash', 'apiKey'), locale: own(given, 'locale'),
    theme: own(given, 'theme') as Theme | undefined, position: own(given, 'position') as Options['position'], isManual: own(given, 'ui') === 'manual',
  };
  for (const [name, event] of callbacks) if (Object.hasOwn(given, name) && typeof given[name] === 'function') on(event, given[name] as Listener);
  widget = new Widget(own(given, 'baseURL')?.replace(/\/+$/, '') ?? new URL(script.src).origin, options, emit);
  const started = widget;
  const start = () => void started.start();
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
  return api;
}

const methods = {
  init,
  open: () => widget?.open(),
  close: () => widget?.close(),
  toggle: () => widget?.toggle(),
  show: () => widget?.show(true),
  hide: () => widget?.show(false),
  on,
  off: (name: string, listener: Listener) => listeners.get(name)?.delete(listener),
  getUnreadCount: () => widget?.unread ?? 0,
  setLocale: (locale: string) => widget?.setLocale(locale),
  setTheme: (theme: Theme) => widget?.setTheme(theme),
  shutdown: () => widget?.shutdown(),
  destroy: () => {
    widget?.destroy();
    widget = null;
  },
};

const api = Object.assign((name: string, ...values: unknown[]): unknown =>
  (Object.hasOwn(methods, name) ? (methods[name as keyof typeof methods] as (...given: unknown[]) => unknown)(...values) : console.warn(`Plugboard has no method ${name}.`)), methods);

const before = window.Plugboard;
if (before?.init) {
  console.warn('Plugboard was loaded twice.');
} else {
  window.Plugboard = api as unknown as Stub;
  const { tenant, widget: name, locale, theme, position } = script?.dataset ?? {};
  if (tenant || name) {
    const given = { tenant, widget: name, locale, theme, position };
    init(given);
  }
  for (const call of before?.q ?? []) api(...(Array.from(call) as [string]));
  window.plugboardAsyncInit?.();
}
