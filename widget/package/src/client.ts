import type { Plugboard, PlugboardMethods } from './types.ts';

type Work = (api: Plugboard | null) => void;
type AnyMethods = Record<string, (...given: unknown[]) => unknown>;

/** The methods, and how they come to the script. */
export interface Client {
  methods: PlugboardMethods;
  /** Runs when the script is there, after what was asked for before; with null when it never comes. */
  run<T>(work: (api: Plugboard) => T): Promise<T | undefined>;
  /** The script is on its way, again perhaps. */
  expect(): void;
  /** The script is there, or will not come: then calls do nothing, until it is expected again. */
  settle(api: Plugboard | null): void;
}

const answering = ['identify', 'identifyCompany', 'setContext', 'clearContext', 'trackEvent', 'update', 'showNewMessage', 'showConversation', 'showArticle', 'setLocale', 'setTheme', 'debug'];
const silent = ['open', 'close', 'toggle', 'show', 'hide', 'off', 'shutdown', 'destroy'];

declare global {
  interface Window { Plugboard?: unknown }
}

/** The page's script, when it is there; a queue of a snippet is not it, nor is there one on a server. */
export function present(): Plugboard | null {
  const found = typeof window === 'undefined' ? null : window.Plugboard as Plugboard | undefined;
  return found && Object.hasOwn(found, 'init') ? found : null;
}

/** Methods that may be called at any time: before the script is there they wait, in their order. On a server they do nothing. */
export function createClient(): Client {
  let waiting: Work[] = [];
  let isLost = typeof window === 'undefined';

  function run<T>(work: (api: Plugboard) => T): Promise<T | undefined> {
    const api = present();
    if (api && waiting.length === 0) return Promise.resolve(work(api));
    if (isLost) return Promise.resolve(undefined);
    return new Promise((resolve) => { waiting.push((arrived) => resolve(arrived ? work(arrived) : undefined)); });
  }
  const call = (name: string, given: unknown[]) => run((api) => (api as unknown as AnyMethods)[name]?.(...given));

  const methods: AnyMethods = {
    getUnreadCount: () => present()?.getUnreadCount() ?? 0,
    on(name, listener) {
      void call('on', [name, listener]);
      return () => { void call('off', [name, listener]); };
    },
  };
  for (const name of silent) methods[name] = (...given) => { void call(name, given); };
  for (const name of answering) methods[name] = (...given) => call(name, given);

  return {
    run,
    methods: methods as unknown as PlugboardMethods,
    expect() { isLost = false; },
    settle(api) {
      isLost = !api;
      const works = waiting;
      waiting = [];
      for (const work of works) work(api);
    },
  };
}
