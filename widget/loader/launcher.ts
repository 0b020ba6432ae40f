import { inkOn } from '../color.ts';
import type { LauncherConfig } from './launcher-config.ts';
import { style } from './style.ts';

const help = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 17h.01';
const comment = 'M4 12a8 8 0 1 1 3 6l-3 1 1-3a8 8 0 0 1-1-4z';
const close = 'M6 6l12 12M18 6L6 18';

const make = <K extends keyof HTMLElementTagNameMap>(name: K, className = '') => {
  const element = document.createElement(name);
  element.className = className;
  return element;
};

/** The button and the box of the frame, in a shadow root of their own. Only the DOM is used: no markup, no inline style. */
export class Launcher {
  readonly button = make('button');
  readonly panel = make('div');
  readonly #host = document.createElement('plugboard-chat');
  readonly #badge = make('span', 'b');
  readonly #label = make('span');
  readonly #icon = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  #config!: LauncherConfig;
  #unread = 0;
  #isOpen = false;
  #isFull = false;

  constructor(config: LauncherConfig, onClick: () => void) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    const root = this.#host.attachShadow({ mode: 'closed' });
    root.adoptedStyleSheets = [sheet];
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(this.#icon);
    this.button.type = 'button';
    this.button.append(svg, this.#label, this.#badge);
    this.button.addEventListener('click', onClick);
    root.append(this.panel, this.button);
    this.draw(config);
    document.body.append(this.#host);
  }

  draw(config: LauncherConfig): void {
    this.#config = config;
    this.#host.style.setProperty('--c', config.color);
    this.#host.style.setProperty('--i', inkOn(config.color));
    this.#host.lang = config.locale;
    this.#host.dir = config.dir;
    this.#label.textContent = config.text;
    this.#update();
  }

  set unread(count: number) {
    this.#unread = count;
    this.#update();
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    this.#update();
  }

  set isFull(isFull: boolean) {
    this.#isFull = isFull;
    this.#update();
  }

  set isShown(isShown: boolean) {
    this.button.hidden = !isShown;
  }

  /** Where a phone's keyboard leaves room. */
  fit(top: number, height: number): void {
    this.panel.style.setProperty('--y', `${top}px`);
    this.panel.style.setProperty('--h', `${height}px`);
  }

  focus(): void {
    this.button.focus();
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#host;
  }

  remove(): void {
    this.#host.remove();
  }

  #update(): void {
    const { position, type, text, texts, icon } = this.#config;
    const side = position === 'left' ? 'e' : 'r';
    const hasIcon = icon !== null || !text || this.#isOpen;
    this.button.className = `l ${side}${text && !this.#isOpen ? ' t' : ''}`;
    this.panel.className = `p ${side}${type === 'sidebar' ? ' s' : ''}${this.#isFull ? ' f' : ''}${this.#isOpen ? ' o' : ''}`;
    this.#icon.setAttribute('d', this.#isOpen ? close : /question|help|ring|headset/.test(icon ?? '') ? help : comment);
    (this.#icon.parentElement as Element).toggleAttribute('hidden', !hasIcon);
    this.#label.hidden = this.#isOpen || !text;
    this.#badge.hidden = this.#isOpen || this.#unread === 0;
    const action = this.#isOpen ? texts.close : text ? `${text}: ${texts.open}` : texts.open;
    this.button.setAttribute('aria-label', this.#badge.hidden ? action : `${action}. ${texts.unread}`);
    this.button.setAttribute('aria-expanded', String(this.#isOpen));
  }
}
