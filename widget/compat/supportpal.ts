import { loadWidget, origin, plugboard } from './desk.ts';
import type { Values } from './desk.ts';

declare global {
  interface Window { SupportPal?: unknown; supportpalAsyncInit?: () => void }
}

const methods = ['open', 'close', 'toggle', 'show', 'hide', 'on', 'off', 'shutdown', 'destroy'];

/** SupportPal's snippet: its options are the desk's too. The `hash` is the old name of a widget. */
window.SupportPal = {
  init: (options: Values = {}) => { plugboard('init', { ...options, baseURL: origin }); },
  ...Object.fromEntries(methods.map((name) => [name, (...values: unknown[]) => plugboard(name, ...values)])),
};
loadWidget();
window.supportpalAsyncInit?.();
