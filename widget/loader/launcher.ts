import type { LauncherConfig } from './launcher-config.ts';
import { style } from './style.ts';

const comment = 'M4 12a8 8 0 1 1 3 6l-3 1 1-3a8 8 0 0 1-1-4z';
const close = 'M6 6l12 12M18 6L6 18';

/** What the widget's state makes of the launcher. */
export interface Looks { isOpen: boolean; isFull: boolean; isShown: boolean; hasBadge: boolean }

export interface Launcher {
  host: HTMLElement;
  button: HTMLButtonElement;
  panel: HTMLElement;
  draw(this: void, config: LauncherConfig, looks: Looks): void;
}

/** The button and the box of the frame, in a shadow root of their own. Only the DOM is used: no markup, no inline style. */
export function createLauncher(): Launcher {
  const make = <K extends keyof HTMLElementTagNameMap>(name: K) => document.createElement(name);
  const draft = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const host = make('plugboard-chat' as 'div');
  const panel = make('div');
  const button = make('button');
  const label = make('span');
  const badge = make('i');
  const svg = draft('svg');
  const path = draft('path');
  const sheet = new CSSStyleSheet();
  const root = host.attachShadow({ mode: 'closed' });
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.append(panel, button);
  button.append(svg, label, badge);
  svg.append(path);

  function draw({ color, locale, dir, position, type, text, texts, icon }: LauncherConfig, { isOpen, isFull, isShown, hasBadge }: Looks): void {
    const shape = !isOpen && icon;
    const name = isOpen ? '' : text;
    host.style.setProperty('--c', color);
    host.lang = locale;
    host.dir = dir;
    button.className = panel.className = [position, type, isFull && 'full', isOpen && 'open', shape && 'icon', name && 'text', name && !icon && 'bare'].join(' ');
    button.hidden = !isShown;
    svg.setAttribute('viewBox', shape ? `0 0 ${shape.w} ${shape.h}` : '0 0 24 24');
    path.setAttribute('d', shape ? shape.d : isOpen ? close : comment);
    label.textContent = name;
    badge.hidden = !hasBadge;
    button.ariaLabel = isOpen ? texts.close : (text && `${text}: `) + texts.open + (hasBadge ? `. ${texts.unread}` : '');
    button.ariaExpanded = `${isOpen}`;
  }

  return { host, button, panel, draw };
}
