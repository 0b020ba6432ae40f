import { createFrame } from '../loader/frame.ts';
import type { Frame } from '../loader/frame.ts';
import { createLauncher } from '../loader/launcher.ts';
import type { LauncherConfig } from '../loader/launcher-config.ts';
import { mark } from '../protocol.ts';
import './live.css';

/**
 * The page behind the admin's live preview: the loader's own launcher, panel and frame on a page that is nobody's. What is
 * drawn comes from the page that frames this one, of the same origin, at each keystroke; nothing is fetched for it.
 */
type Screen = 'launcher' | 'dashboard' | 'conversation' | 'authentication';
interface Drawn { launcher: LauncherConfig; mode: 'light' | 'dark'; screen: Screen }
type Shown = Partial<Drawn> & { type?: unknown; app?: unknown };
type Said = Shown & { [mark]?: unknown };

const saved = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as LauncherConfig;
const systemMode = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
const phone = matchMedia('(max-width: 480px)');
const launcher = createLauncher();
const now: Drawn & { app: unknown } = { launcher: saved, mode: saved.mode === 'system' ? systemMode : saved.mode, screen: 'launcher', app: null };
let frame: Frame | null = null;
let isFull = false;
let isReady = false;

const isOpen = () => now.screen !== 'launcher';
const tellParent = (message: { type: string; screen?: Screen }) => { if (parent !== window) parent.postMessage({ ...message, [mark]: 1 }, origin); };

/** The frame shows what the admin sees, or what is saved as long as nobody said otherwise. */
function tellFrame(): void {
  if (!isReady) return;
  frame?.post({ type: 'visible', isOpen: isOpen(), isPhone: phone.matches, isSidebar: now.launcher.type === 'sidebar' });
  const screen = isOpen() ? now.screen : 'dashboard';
  frame?.element.contentWindow?.postMessage({ type: 'preview', app: now.app, mode: now.mode, screen, [mark]: 1 }, origin);
}

function show(screen: Screen): void {
  if (screen === now.screen) return;
  now.screen = screen;
  draw();
  tellParent({ type: 'preview:screen', screen });
}

/** One frame for as long as the page lives: whatever changes is drawn in it. */
function load(): Frame {
  return createFrame(origin, `/widget/${saved.slug}?preview=1&locale=${encodeURIComponent(now.launcher.locale)}`, 'plugboard:preview:', {
    size(message) {
      isFull = message.isFull;
      draw();
    },
    close: () => show('launcher'),
  });
}

function draw(): void {
  const { launcher: config, mode } = now;
  document.documentElement.dataset.mode = mode;
  document.documentElement.lang = config.locale;
  document.documentElement.dir = config.dir;
  if (isOpen() && !frame) {
    frame = load();
    launcher.panel.append(frame.element);
  }
  if (frame) frame.element.title = config.texts.title;
  launcher.draw(config, { isOpen: isOpen(), isFull: isFull && isOpen(), isShown: true, hasBadge: false });
  tellFrame();
}

addEventListener('message', ({ source, origin: from, data }: MessageEvent<Said | null>) => {
  if (from !== origin || data?.[mark] !== 1) return;
  if (source === frame?.element.contentWindow && data.type === 'preview:ready') {
    isReady = true;
    tellFrame();
  }
  if (source !== parent || parent === window || data.type !== 'preview') return;
  Object.assign(now, Object.fromEntries(Object.entries({ launcher: data.launcher, app: data.app, mode: data.mode, screen: data.screen }).filter(([, value]) => value)));
  draw();
});
phone.addEventListener('change', draw);
launcher.button.addEventListener('click', () => show(isOpen() ? 'launcher' : 'dashboard'));

document.body.append(launcher.host);
draw();
tellParent({ type: 'preview:ready' });
