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
    if (this.#wasHere) (window.requestIdleCallback ?? setTimeout)(() => this.#load());
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
    this.#wasHere = false;
    this.close();
  }

  destroy(): void {
    this.#isGone = true;
    visualViewport?.removeEventListener('resize', this.#fit);
    phone.removeEventListener('change', this.#tellVisible);
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
      const response = await fetch(`${this.#base}/api/sdk/config?${query}`, { credentials: 'omit' });
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
    else if (message.type === 'session') this.#wasHere = message.isThere;
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

  /** A mark of the page's own: somebody has chatted here, so unread messages may be waiting. */
  get #wasHere(): boolean {
    try {
      return localStorage.getItem(`plugboard:${this.#config?.slug}`) !== null;
    } catch {
      return false;
    }
  }

  set #wasHere(isSo: boolean) {
    try {
      const key = `plugboard:${this.#config?.slug}`;
      if (isSo) localStorage.setItem(key, '1');
      else localStorage.removeItem(key);
    } catch { /* a page without storage keeps no mark */ }
  }
}
