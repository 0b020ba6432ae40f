import type { PageOptions, ToApp } from '../protocol.ts';
import { emit, forgetListeners } from './events.ts';
import { createFrame } from './frame.ts';
import type { Frame, Hearing } from './frame.ts';
import { createLauncher } from './launcher.ts';
import type { Launcher } from './launcher.ts';
import type { LauncherConfig } from './launcher-config.ts';
import { keep, kept } from './notes.ts';
import { own, plain } from './own.ts';
import type { Given } from './own.ts';

const phone = matchMedia('(max-width: 480px)');
/** Names of the options that say who somebody is: what is worth a frame before a click, and gone after `shutdown`. */
const personal = /^(user|company|context|getUser)/;
/** The note that a session is there says instead that it has to end. */
const forgotten = '0';
const isPersonal = (given: Given) => Object.entries(given).some(([name, value]) => value && personal.test(name));

// The page has one widget. Its parts come when they are needed: first the launcher, then the frame. Calls before `init` wait.
let base: string;
let options: Given;
let ui: Given;
let ending: AbortController;
let ended: Promise<unknown>;
let answers: ((value: unknown) => void)[];
let calls: ToApp[];
let config: LauncherConfig | undefined;
let launcher: Launcher | undefined;
let frame: Frame | undefined;
let isReady: boolean;
let isLeaving: boolean;
let isOpen: boolean;
let isFull: boolean;
let isShown: boolean;
let unread: number;
let returnTo: HTMLElement | null;

function reset(): void {
  ending = new AbortController();
  ended = new Promise((done) => ending.signal.addEventListener('abort', () => done(undefined)));
  options = own({});
  ui = options;
  answers = [];
  calls = [];
  config = launcher = frame = undefined;
  isReady = isLeaving = isOpen = isFull = false;
  isShown = true;
  unread = 0;
}

const place = (key = '') => `plugboard:${config?.slug}${key}`;
const address = () => `${base}/widget/${config?.slug}?locale=${config?.locale}`;

function readOptions(): void {
  const { position, defaultMode } = options;
  ui = own(options.ui !== 'manual' && options.ui);
  if (config && position) config.position = position as 'left';
  if (config && /^[ps]/.test(defaultMode as string)) config.type = defaultMode as 'popup';
  draw();
}

async function fetchConfig(): Promise<boolean> {
  const { signal } = ending;
  const { widget, hash, apiKey, tenant, orgId, locale } = options;
  try {
    const query = new URLSearchParams(plain({ widget: widget ?? hash ?? apiKey, tenant: tenant ?? orgId, locale }) as Record<string, string>);
    const response = await fetch(`${base}/api/sdk/config?${query}`, { credentials: 'omit', cache: 'no-cache', signal });
    if (!response.ok) throw new Error(response.status === 503 ? 'closed' : `config ${response.status}`);
    config = await response.json() as LauncherConfig;
    readOptions();
    return true;
  } catch (error) {
    if (!signal.aborted) emit('error', error);
    return false;
  }
}

function draw(): void {
  if (config) launcher?.draw(config, { isOpen, isFull, isShown, hasBadge: !isOpen && unread > 0 && ui.badge !== false });
}

function load(): void {
  if (frame || !config || !launcher || origin === 'null' || ending.signal.aborted) return;
  isReady = false;
  frame = createFrame(base, address(), place(':'), hearing);
  frame.element.title = config.texts.title;
  launcher.panel.append(frame.element);
}

const loadLater = () => (window.requestIdleCallback ?? setTimeout)(load);

const post = (message: ToApp): void => frame?.post(message);

/** What must not be lost waits for the frame; what it has to know as it begins is told once it is ready. */
function tell(message: ToApp): void {
  if (isReady) post(message);
  else calls.push(message);
}

const tellVisible = () => post({ type: 'visible', isOpen, isPhone: phone.matches, isSidebar: config?.type === 'sidebar', isLeft: config?.position === 'left' });
const tellPage = () => post({ type: 'page', url: location.href, title: document.title });
const tellTheme = () => options.theme && post({ type: 'theme', mode: options.theme as 'light' });

const forFrame = (given: Given): PageOptions => plain({ ...given, ...ui, ui: 0, trigger: 0, hasTokenSource: !!options.getUserToken });

const hearing: Hearing = {
  ready() {
    isReady = true;
    if (isLeaving || kept(place())[''] === forgotten) post({ type: 'forget' });
    post({ type: 'options', options: forFrame(options) });
    tellTheme();
    tellPage();
    tellVisible();
    calls.forEach(post);
    calls = [];
    if (isOpen) frame?.element.focus();
  },
  open, close,
  size(message) {
    isFull = message.isFull;
    measure('--w', message.width);
    measure('--t', message.height);
    draw();
  },
  session({ isThere }) {
    isLeaving = false;
    keep(place(), isThere ? '1' : null);
  },
  unread({ count }) {
    if (count === unread) return;
    unread = count;
    draw();
    emit('unread', count);
  },
  event: ({ name, detail }) => emit(name, detail),
  answer: ({ id, value }) => answers[id]?.(value),
  async token({ id }) {
    let token: unknown;
    try {
      token = await (options.getUserToken as () => unknown)();
    } catch (error) {
      emit('error', error);
    }
    post({ type: 'token', id, token: typeof token === 'string' ? token : null });
  },
};

const measure = (name: string, pixels?: number) => launcher?.panel.style.setProperty(name, pixels ? `${pixels}px` : '');

/** Where a phone's keyboard leaves room. */
function fit(): void {
  measure('--y', visualViewport?.offsetTop);
  measure('--h', visualViewport?.height);
}

/** A page without an origin of its own (a sandbox, a file) can't talk with a frame: the chat opens beside it. */
function open(): void {
  if (isOpen) return;
  isOpen = true;
  load();
  if (!launcher) return;
  if (!frame) {
    isOpen = false;
    window.open(address());
    return;
  }
  returnTo = document.activeElement as HTMLElement | null;
  fit();
  draw();
  tellPage();
  tellVisible();
  // Focus that is there while the browser brings the page into the frame stays with a page that is gone: keys would go nowhere.
  if (isReady) frame.element.focus();
  emit('open');
}

function close(): void {
  if (!isOpen) return;
  isOpen = false;
  if (!launcher) return;
  const { host, button } = launcher;
  const hadFocus = document.activeElement === host;
  draw();
  tellVisible();
  if (hadFocus) {
    button.focus();
    if (document.activeElement !== host) returnTo?.focus();
  }
  emit('close');
}

function show(isWanted: unknown): void {
  isShown = !!isWanted;
  draw();
  if (!isWanted) close();
}

const showFirst = () => show(options.ui !== 'manual' && !ui.trigger);

async function update(given: Given): Promise<void> {
  Object.assign(options, given);
  readOptions();
  tellTheme();
  tellVisible();
  if (given.ui) showFirst();
  if (isReady) post({ type: 'call', name: 'update', args: [forFrame(given)] });
  else if (isPersonal(given)) loadLater();
  if (given.locale && config && await fetchConfig() && frame) {
    frame.remove();
    frame = undefined;
    load();
  }
}

/** A method that the frame carries out. What it answers comes when the frame is there; undefined when there never is one. */
function call(name: string, given: unknown[]): Promise<unknown> {
  const answer = new Promise((done) => tell({ type: 'call', name, args: plain(given), id: answers.push(done) - 1 }));
  loadLater();
  if (/^show/.test(name)) open();
  return Promise.race([ended, answer]);
}

/** Log-out: the person is forgotten in this browser; if not before the page is left, then on the next one. */
function shutdown(): void {
  for (const name in options) if (personal.test(name)) delete options[name];
  for (const key in kept(place(':'))) keep(place(`:${key}`), null);
  keep(place(), forgotten);
  calls = [];
  isLeaving = true;
  post({ type: 'forget' });
  loadLater();
  close();
}

const toggle = () => (isOpen ? close() : open());

/** The click on an element of the page that is the launcher there; it may come and go. */
function onClick(event: Event): void {
  const { trigger } = ui;
  const isTrigger = (element: EventTarget): boolean => (typeof trigger === 'string'
    ? element instanceof Element && element.matches(trigger)
    : element === trigger || Array.from(trigger as ArrayLike<unknown>).includes(element));
  if (!trigger || !event.composedPath().some(isTrigger)) return;
  event.preventDefault();
  toggle();
}

function listen(target: EventTarget | null, names: string, listener: (event: Event) => void): void {
  for (const name of names.split(' ')) target?.addEventListener(name, listener, { signal: ending.signal, capture: true });
}

/** Asks for the configuration and draws the launcher; draws nothing when the channel is off. */
export async function start(address: string, given: Given): Promise<void> {
  const { signal } = ending;
  base = address;
  Object.assign(options, given);
  isFull = options.defaultMode === 'full';
  readOptions();
  showFirst();
  if (!await fetchConfig()) ending.abort();
  if (signal.aborted) return;
  launcher = createLauncher();
  const { host, button } = launcher;
  listen(button, 'click', toggle);
  listen(button, 'pointerenter focus', load);
  listen(button, 'keydown', (event) => { if ((event as KeyboardEvent).key === 'Escape') close(); });
  listen(document, 'click', onClick);
  listen(visualViewport, 'resize', fit);
  listen(phone, 'change', tellVisible);
  listen(window.navigation ?? window, 'currententrychange popstate', tellPage);
  draw();
  document.documentElement.append(host);
  if (isOpen) {
    isOpen = false;
    open();
  }
  if (calls.length || isPersonal(options) || '' in kept(place())) loadLater();
  emit('ready');
}

/** Takes everything away; the next `init` begins anew. */
export function destroy(): void {
  ending.abort();
  frame?.remove();
  launcher?.host.remove();
  forgetListeners();
  reset();
}

/** The page's methods but for `init`, `on` and `off`. */
export const commands: Record<string, (...given: never[]) => unknown> = {
  open, close, toggle, update, shutdown,
  show: () => show(true),
  hide: () => show(false),
  setLocale: (locale: string) => update({ locale }),
  setTheme: (theme: string) => update({ theme }),
  getUnreadCount: () => unread,
};
const forwarded = 'identify identifyCompany setContext clearContext showNewMessage showConversation showArticle trackEvent debug';
for (const name of forwarded.split(' ')) commands[name] = (...given) => call(name, given);

reset();
