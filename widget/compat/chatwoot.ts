import { given, loadWidget, origin, plugboard, traitsOf } from './desk.ts';
import type { Values } from './desk.ts';

declare global {
  interface Window { chatwootSettings?: Values; chatwootSDK?: unknown; $chatwoot?: Values }
}

const modes: Record<string, string> = { auto: 'system', light: 'light', dark: 'dark' };
/** Their events by ours. */
const events = { ready: 'ready', open: 'opened', close: 'closed', message: 'on-message', 'conversation:start': 'on-start-conversation', error: 'error' };

function optionsOf(settings: Values): Values {
  return given({
    position: settings.position, locale: settings.useBrowserLanguage ? undefined : settings.locale,
    theme: modes[settings.darkMode as string], ui: settings.hideMessageBubble ? 'manual' : undefined,
  });
}

let conversation: Values = {};
let labels: string[] = [];
const tellConversation = () => plugboard('setContext', 'conversation', { label: 'Conversation', type: 'custom', value: conversation });
const tellLabels = () => plugboard('setContext', 'labels', { label: 'Labels', type: 'list', value: labels });

const methods = {
  /** `identifier_hash` is no token and proves nothing here; `userToken` does. */
  setUser(id: string, { identifier_hash: _hash, userToken, ...traits }: Values = {}) {
    plugboard('identify', String(id), traitsOf(traits), userToken ? { userToken } : undefined);
  },
  setCustomAttributes: (attributes: Values) => plugboard('update', { userTraits: attributes }),
  deleteCustomAttribute: (name: string) => plugboard('update', { userTraits: { [name]: null } }),
  setConversationCustomAttributes(attributes: Values) {
    conversation = { ...conversation, ...attributes };
    tellConversation();
  },
  deleteConversationCustomAttribute(name: string) {
    const { [name]: _gone, ...rest } = conversation;
    conversation = rest;
    tellConversation();
  },
  setLabel(label: string) {
    labels = [...new Set([...labels, label])];
    tellLabels();
  },
  removeLabel(label: string) {
    labels = labels.filter((name) => name !== label);
    tellLabels();
  },
  setLocale: (locale: string) => plugboard('setLocale', locale.replace('_', '-')),
  setColorScheme: (scheme: string) => plugboard('setTheme', modes[scheme] ?? 'system'),
  toggle: (state?: string) => plugboard(state === 'open' || state === 'close' ? state : 'toggle'),
  toggleBubbleVisibility: (state?: string) => plugboard(state === 'hide' ? 'hide' : 'show'),
  popoutChatWindow: () => plugboard('open'),
  reset: () => plugboard('shutdown'),
};

function run({ websiteToken }: Values): void {
  if (window.$chatwoot) return;
  const chat = window.$chatwoot = { ...methods, baseUrl: origin, websiteToken, hasLoaded: false, isOpen: false };
  for (const [name, theirs] of Object.entries(events)) {
    plugboard('on', name, (detail: unknown) => {
      if (name === 'ready') chat.hasLoaded = true;
      if (name === 'open' || name === 'close') chat.isOpen = name === 'open';
      window.dispatchEvent(new CustomEvent(`chatwoot:${theirs}`, { detail }));
    });
  }
  plugboard('init', { ...optionsOf(window.chatwootSettings ?? {}), widget: websiteToken, baseURL: origin });
  loadWidget();
}

window.chatwootSDK = { run };
