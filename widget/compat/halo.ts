import { loadWidget, origin, plugboard, queueOf } from './desk.ts';
import type { Values } from './desk.ts';

declare global {
  interface Window { HaloAgents?: unknown; haloAgentsAsyncInit?: () => void }
}

type Method = (...values: never[]) => unknown;
const same = [
  'identifyCompany', 'setContext', 'clearContext', 'update', 'open', 'close', 'toggle', 'show', 'hide', 'showNewMessage', 'showConversation', 'showArticle',
  'setLocale', 'setTheme', 'trackEvent', 'on', 'off', 'getUnreadCount', 'shutdown', 'destroy', 'debug',
];

const methods: Record<string, Method> = {
  ...Object.fromEntries(same.map((name) => [name, (...values: never[]) => plugboard(name, ...values)])),
  /** The publishable key names the widget; the organisation's id does where there is no key. */
  init: ({ orgId, apiKey, hash, widget, ...options }: Values = {}) =>
    plugboard('init', { ...options, widget: apiKey ?? widget ?? hash ?? orgId, baseURL: origin }),
  /** With an id, or with one object that has it. */
  identify(user: string | Values, traits?: Values, options?: Values) {
    if (typeof user === 'string') return plugboard('identify', user, traits, options);
    const { userId, user_id, id, userToken, traits: more, ...rest } = user;
    return plugboard('identify', userId ?? user_id ?? id, { ...rest, ...more as Values }, userToken ? { userToken } : undefined);
  },
};

const before = queueOf(window.HaloAgents);
const call = (name: string, ...values: never[]): unknown => methods[name]?.(...values);
window.HaloAgents = Object.assign(call, methods);
loadWidget();
for (const [name, ...values] of before) call(name as string, ...values as never[]);
window.haloAgentsAsyncInit?.();
