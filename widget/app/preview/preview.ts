import type { AttachmentDto } from '@plugboard/sdk';
import type { Chat } from '../chat/chat.ts';
import type { PageConfig } from '../page-config.ts';
import { MemoryStorage } from '../safe-storage.ts';
import contrastAddress from '../../../themes/contrast/tokens.css?url';
import type { Surroundings } from '../surroundings.ts';
import type { Translate } from '../translate.ts';
import type { Files } from '../wire/files.ts';
import type { Http, Method } from '../wire/http.ts';
import { RequestError } from '../wire/request-error.ts';
import type { CodeSent, DetailsAnswer, SessionDto, VisitorDto } from '../wire/visitor-api.ts';
import { PreviewWire } from './preview-wire.ts';
import { sampleId } from './sample.ts';

const visitor: VisitorDto = { id: 'sample-visitor', kind: 'verified', name: 'Ada', email: 'ada@example.com' };
const session: SessionDto = { token: 'preview', expiresAt: new Date(Date.now() + 86_400_000).toISOString(), contactId: visitor.id, contact: visitor, isBrief: false };
const code: CodeSent = { email: 'ada@example.com', resendAfter: 30, expiresIn: 600 };

class PreviewHttp implements Http {
  call<T>(_method: Method, path: string): Promise<T> {
    const answers: Record<string, unknown> = { '/session': session, '/codes/confirm': session, '/codes': code, '/details': { contact: visitor, code } satisfies DetailsAnswer, '/profile': { contact: visitor, isTrusted: false } };
    const answer = path.endsWith('/transcript') ? { email: visitor.email } : answers[path];
    return answer === undefined ? Promise.reject(new RequestError('not_found')) : Promise.resolve(answer as T);
  }
}

/** Chosen files stay in the page. */
class PreviewFiles implements Files {
  readonly #files = new Map<string, File>();

  upload(file: File, onProgress: (share: number) => void): { done: Promise<AttachmentDto>; cancel(): void } {
    const id = crypto.randomUUID();
    this.#files.set(id, file);
    onProgress(1);
    return { done: Promise.resolve({ id, name: file.name, type: file.type, size: file.size, isImage: false }), cancel: () => undefined };
  }

  async open(id: string): Promise<string> {
    const file = this.#files.get(id);
    if (!file) throw new RequestError('not_found');
    return URL.createObjectURL(file);
  }

  save(): Promise<void> {
    return Promise.resolve();
  }

  clear(): void {
    this.#files.clear();
  }
}

let wire: PreviewWire | null = null;

/** No storage, no network: what a preview shows is made up. */
export function previewSurroundings(config: PageConfig, t: Translate): Surroundings {
  const storage = new MemoryStorage();
  storage.set('session', JSON.stringify({ ...session, proof: 'code', signed: null }));
  return {
    storage, http: new PreviewHttp(), files: () => new PreviewFiles(), isClosed: () => Promise.resolve(false),
    makeWire: () => (options) => {
      wire = new PreviewWire(options, config, t);
      return wire;
    },
  };
}

type PreviewScreen = 'dashboard' | 'conversation' | 'authentication';
interface Wish { plugboard?: unknown; type?: unknown; app?: PageConfig; mode?: PageConfig['widget']['mode']; screen?: PreviewScreen }

function useTheme(theme: string): void {
  const known = document.querySelector('link[data-theme]');
  if (theme !== 'contrast') return known?.remove();
  if (known) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = contrastAddress;
  link.dataset.theme = theme;
  document.head.append(link);
}

function show(chat: Chat, screen: PreviewScreen): void {
  if (screen === 'conversation') chat.openThread(sampleId);
  else if (screen === 'authentication') chat.askWho({ kind: 'new', buttonId: '', text: '' });
  else chat.openDashboard();
}

/** Screens take the focus as they open. Whoever types in the settings beside this frame keeps theirs. */
function leaveFocusToOthers(): void {
  const own = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'focus')?.value as (this: HTMLElement, options?: FocusOptions) => void;
  HTMLElement.prototype.focus = function focus(options) {
    if (document.hasFocus()) own.call(this, options);
  };
}

/** Shows what the settings page beside it says, as it says it. */
export function follow(config: PageConfig, chat: Chat): void {
  let shown: PreviewScreen = 'dashboard';
  leaveFocusToOthers();
  useTheme(config.widget.theme);
  document.addEventListener('click', (event) => { if (event.target instanceof Element && event.target.closest('a[href]')) event.preventDefault(); }, true);
  window.addEventListener('message', (event: MessageEvent<Wish | null>) => {
    const wish = event.data;
    if (event.source !== window.parent || event.origin !== location.origin || wish?.plugboard !== 1 || wish.type !== 'preview') return;
    if (wish.app) {
      const hasOtherWords = JSON.stringify(wish.app.texts) !== JSON.stringify(config.texts) || wish.app.locale !== config.locale
        || wish.app.widget.buttons[0]?.openingMessage !== config.widget.buttons[0]?.openingMessage;
      Object.assign(config, wish.app);
      document.documentElement.lang = config.locale;
      document.documentElement.dir = config.dir;
      useTheme(config.widget.theme);
      if (hasOtherWords) wire?.redraw();
    }
    if (wish.mode) config.widget = { ...config.widget, mode: wish.mode };
    if (wish.screen && wish.screen !== shown) {
      shown = wish.screen;
      show(chat, shown);
    }
  });
  window.parent.postMessage({ plugboard: 1, type: 'preview:ready' }, location.origin);
}
