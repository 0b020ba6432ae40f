import { given, loadWidget, origin, plugboard, queueOf, traitsOf } from './desk.ts';
import type { Values } from './desk.ts';

declare global {
  interface Window { Intercom?: unknown; intercomSettings?: Values }
}

let bootedApp: unknown;

function companyOf(company: unknown): Values {
  const { company_id, id, ...traits } = (company ?? {}) as Values;
  const companyId = company_id ?? id;
  return companyId ? { companyId: String(companyId), companyTraits: traitsOf(traits) } : {};
}

/** `user_hash` is no token and proves nothing here; `intercom_user_jwt` does, signed with the widget's secret. */
function optionsOf(settings: Values): Values {
  const {
    app_id: _app, api_base: _base, user_hash: _hash, user_id, intercom_user_jwt, company, companies, alignment, language_override,
    hide_default_launcher, custom_launcher_selector, horizontal_padding: _x, vertical_padding: _y, z_index: _z, background_color: _b, action_color: _a,
    session_duration: _s, avatar: _avatar, ...person
  } = settings;
  return given({
    userId: user_id === undefined || user_id === null ? undefined : String(user_id), userTraits: traitsOf(person), userToken: intercom_user_jwt,
    ...companyOf(company ?? (companies as unknown[] | undefined)?.[0]), position: alignment, locale: language_override,
    ui: custom_launcher_selector ? { trigger: custom_launcher_selector } : hide_default_launcher === undefined ? undefined : hide_default_launcher ? 'manual' : {},
  });
}

/** After a shutdown the same app is shown again; another one begins anew. */
function boot(settings: Values = {}): void {
  const all = { ...window.intercomSettings, ...settings };
  const { app_id } = all;
  const options = optionsOf(all);
  if (bootedApp === app_id) {
    plugboard('update', options);
    if (!options.ui) plugboard('show');
    return;
  }
  if (bootedApp !== undefined) plugboard('destroy');
  bootedApp = app_id;
  plugboard('init', { ...options, widget: app_id, baseURL: origin });
  loadWidget();
}

const methods: Record<string, (...values: never[]) => unknown> = {
  boot,
  update: (settings?: Values) => (bootedApp === undefined ? boot(settings) : settings && plugboard('update', optionsOf(settings))),
  shutdown() {
    plugboard('shutdown');
    plugboard('hide');
  },
  show: () => plugboard('open'),
  hide: () => plugboard('close'),
  showMessages: () => plugboard('open'),
  showSpace: () => plugboard('open'),
  showNewMessage: (text?: string) => plugboard('showNewMessage', text),
  showConversation: (id: string) => plugboard('showConversation', id),
  showArticle: (id: string) => plugboard('showArticle', String(id)),
  trackEvent: (name: string, meta?: Values) => plugboard('trackEvent', name, meta),
  onShow: (listener: () => void) => plugboard('on', 'open', () => listener()),
  onHide: (listener: () => void) => plugboard('on', 'close', () => listener()),
  onUnreadCountChange(listener: (count: number) => void) {
    plugboard('on', 'unread', listener);
    listener(Number(plugboard('getUnreadCount') ?? 0));
  },
};

const call = (name: string, ...values: never[]): unknown => methods[name]?.(...values);
const before = queueOf(window.Intercom);
window.Intercom = Object.assign(call, { booted: true });
if (window.intercomSettings?.app_id && !before.some(([name]) => name === 'boot')) boot();
for (const [name, ...values] of before) call(name as string, ...values as never[]);
