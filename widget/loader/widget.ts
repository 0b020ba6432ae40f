import type { ToLoader } from '../protocol.ts';
import { Frame } from './frame.ts';
import { Launcher } from './launcher.ts';
import type { LauncherConfig } from './launcher-config.ts';

export type Theme = 'system' | 'light' | 'dark';
export interface Options { tenant?: string; widget?: string; locale?: string; theme?: Theme; position?: 'left' | 'right'; isManual?: boolean }
export type Emit = (name: string, detail?: unknown) => void;

const phone = matchMedia('(max-width: 480px)');

/** One widget on one page. */
export class Widget {
  unread = 0;
  readonly #base: string;
  readonly #options: Options;
  readonly #emit: Emit;
  #config: LauncherConfig | null = null;
  #launcher: Launcher | null = null;
  #frame: Frame | null = null;
  #isOpen = false;
  #isGone = false;
  #isShown: boolean;
  #returnTo: HTMLElement | null = null;

  constructor(base: string, options: Options, emit: Emit) {
    this.#base = base;
    this.#options = options;
    this.#emit = emit;
    this.#isShown = !options.isManual;
  }

  /** Asks for the configuration and draws the launcher; draws nothing when the channel is off. */
  async start(): Promise<void> {
    const config = await this.#fetch();
    if (!config || this.#isGone) return;
    this.#launcher = new Launcher(config, () => this.toggle());
    this.#launcher.isShown = this.#isShown;
    const { button } = this.#launcher;
    for (const name of ['pointerenter', 'touchstart', 'focus']) button.addEventListener(name, () => this.#load(), { passive: true });
    button.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.close(); });
    visualViewport?.addEventListener('resize', this.#fit);
    phone.addEventListener('change', this.#tellVisible);
    addEventListener('storage', this.#stored);
    if (this.#hasNote()) (window.requestIdleCallback ?? setTimeout)(() => this.#load());
    if (this.#isOpen) this.open();
    this.#emit('ready');
  }

  open(): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = true;
    if (!this.#launcher) return;
    this.#load();
    if (!wasOpen) this.#returnTo = document.activeElement as HTMLElement | null;
    this.#launcher.isOpen = true;
    this.#fit();
    this.#tellVisible();
    this.#frame?.focus();
    if (!wasOpen) this.#emit('open');
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (!this.#launcher) return;
    const hadFocus = this.#launcher.hasFocus;
    this.#launcher.isOpen = false;
    this.#tellVisible();
    if (hadFocus) {
      this.#launcher.focus();
      if (!this.#launcher.hasFocus) this.#returnTo?.focus();
    }
    this.#emit('close');
  }

  toggle(): void {
    if (this.#isOpen) this.close();
    else this.open();
  }

  show(isShown: boolean): void {
    this.#isShown = isShown;
    if (this.#launcher) this.#launcher.isShown = isShown;
    if (!isShown) this.close();
  }

  async setLocale(locale: string): Promise<void> {
    this.#options.locale = locale;
    const config = await this.#fetch();
    if (!config) return;
    this.#launcher?.draw(config);
    if (!this.#frame) return;
    this.#frame.remove();
    this.#frame = null;
    this.#load();
    this.#tellVisible();
  }

  setTheme(theme: Theme): void {
    this.#options.theme = theme;
    this.#frame?.tell({ type: 'theme', mode: theme });
  }

  /** Log-out: the visitor is forgotten in this browser. */
  shutdown(): void {
    this.#load();
    this.#frame?.tell({ type: 'forget' });
    for (const key of Object.keys(this.#notes())) this.#note(`:${key}`, null);
    this.#note('', null);
    this.close();
  }

  destroy(): void {
    this.#isGone = true;
    visualViewport?.removeEventListener('resize', this.#fit);
    phone.removeEventListener('change', this.#tellVisible);
    removeEventListener('storage', this.#stored);
    this.#frame?.remove();
    this.#launcher?.remove();
  }

  async #fetch(): Promise<LauncherConfig | null> {
    const { tenant, widget, locale, position } = this.#options;
    const query = new URLSearchParams();
    if (widget) query.set('widget', widget);
    if (tenant) query.set('tenant', tenant);
    if (locale) query.set('locale', locale);
    try {
      const response = await fetch(`${this.#base}/api/sdk/config?${query}`, { credentials: 'omit', cache: 'no-cache' });
      if (!response.ok) throw new Error(response.status === 503 ? 'closed' : `config ${response.status}`);
      const config = await response.json() as LauncherConfig;
      this.#config = position ? { ...config, position } : config;
      return this.#config;
    } catch (error) {
      this.#emit('error', error);
      return null;
    }
  }

  #load(): void {
    if (this.#frame || !this.#config || !this.#launcher) return;
    const { slug, texts } = this.#config;
    const { locale, theme } = this.#options;
    this.#frame = new Frame(this.#base, `/widget/${slug}${locale ? `?locale=${encodeURIComponent(locale)}` : ''}`, texts.title, (message) => this.#hear(message));
    if (theme) this.#frame.tell({ type: 'theme', mode: theme });
    this.#launcher.panel.append(this.#frame.element);
  }

  #hear(message: ToLoader): void {
    if (message.type === 'close') this.close();
    else if (message.type === 'ready' && this.#isOpen) this.#frame?.focus();
    else if (message.type === 'size' && this.#launcher) this.#launcher.isFull = message.isFull;
    else if (message.type === 'session') this.#note('', message.isThere ? '1' : null);
    else if (message.type === 'keep') this.#note(`:${message.key}`, message.value);
    else if (message.type === 'recall') this.#frame?.tell({ type: 'kept', values: this.#notes() });
    else if (message.type === 'message') this.#emit('message', { text: message.text, authorName: message.authorName });
    else if (message.type === 'start') this.#emit('conversation:start', { conversationId: message.conversationId });
    else if (message.type === 'unread' && message.count !== this.unread) {
      this.unread = message.count;
      if (this.#launcher) this.#launcher.unread = message.count;
      this.#emit('unread', message.count);
    }
  }

  readonly #tellVisible = (): void => this.#frame?.tell({ type: 'visible', isOpen: this.#isOpen, isPhone: phone.matches });

  readonly #fit = (): void => {
    const view = visualViewport;
    if (view && phone.matches) this.#launcher?.fit(view.offsetTop, view.height);
  };

  get #place(): string {
    return `plugboard:${this.#config?.slug}`;
  }

  /** Kept in the page's own storage: that somebody has chatted here, and what a frame without storage wants kept. */
  #note(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(this.#place + name);
      else localStorage.setItem(this.#place + name, value);
    } catch { /* a page without storage keeps nothing */ }
  }

  #hasNote(): boolean {
    try {
      return localStorage.getItem(this.#place) !== null;
    } catch {
      return false;
    }
  }

  #notes(): Record<string, string> {
    const start = `${this.#place}:`;
    try {
      return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(start)).map(([key, value]) => [key.slice(start.length), value as string]));
    } catch {
      return {};
    }
  }

  /** Another tab of the same site. */
  readonly #stored = ({ key, newValue }: StorageEvent): void => {
    const start = `${this.#place}:`;
    if (key?.startsWith(start)) this.#frame?.tell({ type: 'kept', values: { [key.slice(start.length)]: newValue } });
  };
}
