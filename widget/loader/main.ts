import { off, on } from './events.ts';
import { own } from './own.ts';
import { commands, destroy, start } from './widget.ts';

type Method = (...given: never[]) => unknown;
declare global {
  interface Window { Plugboard?: unknown; plugboardAsyncInit?: () => void }
}

const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
let isStarted = false;

const warn = () => console.warn('Plugboard is already on this page.');

function init(given: unknown): unknown {
  if (isStarted) {
    warn();
    return api;
  }
  isStarted = true;
  const options = own(given);
  // onReady is `ready`, onChatOpen is `open`; onError hears of a token that is not believed, too.
  for (const name in options) {
    const event = /^on(?:Chat)?([A-Z].+)/.exec(name)?.[1]?.toLowerCase();
    if (event && typeof options[name] === 'function') {
      on(event, options[name] as () => void);
      if (event === 'error') on('identity:error', options[name] as () => void);
    }
  }
  void start(new URL((options.baseURL ?? script?.src) as string, location.href).origin, options);
  return api;
}

const methods = own({
  ...commands, init, on, off,
  destroy() {
    isStarted = false;
    destroy();
  },
}) as Record<string, Method | undefined>;

const api = Object.assign((name: string, ...given: never[]): unknown =>
  (methods[name] ?? (() => console.warn(`Plugboard: no ${name}`)))(...given), methods);

const before = own(window.Plugboard);
if (before.init) warn();
else {
  window.Plugboard = api;
  const attributes = own(script?.dataset);
  if (attributes.tenant || attributes.widget) init(attributes);
  window.plugboardAsyncInit?.();
  for (const call of (before.q ?? []) as [string, ...never[]][]) api(...call);
}
