import type { PageOptions, ToApp } from '../../protocol.ts';
import type { Chat } from '../chat/chat.ts';
import type { PageConfig } from '../page-config.ts';
import type { HostPage } from '../wire/host-page.ts';
import { matchesGlob } from './globs.ts';
import type { ProfileQueue } from './profile-queue.ts';

type Call = Extract<ToApp, { type: 'call' }>;
type Loose = Record<string, unknown>;

export interface PageCallsParts { config: PageConfig; chat: Chat; queue: ProfileQueue; host: HostPage }

const version = 1;
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);
const looseOf = (value: unknown): { traits?: Loose } => (isLoose(value) ? { traits: value } : {});

/** Methods of the page's API that the frame carries out. Whatever a page hands over is data of a stranger. */
export class PageCalls {
  readonly #parts: PageCallsParts;
  #options: PageOptions = {};
  #page: { url: string; title: string } | null = null;
  #hasOpened = false;

  constructor(parts: PageCallsParts) {
    this.#parts = parts;
  }

  get pageUrl(): string | null {
    return this.#page?.url ?? null;
  }

  /** What `init` and `update` gave. Facts without a person wait for a session; a person is told at once. */
  async take(options: PageOptions): Promise<void> {
    const { chat, queue } = this.#parts;
    const { userId, userTraits, companyId, companyTraits, context, userToken } = options;
    this.#options = { ...this.#options, ...options };
    chat.state.greeting.value = this.#options.greeting ?? null;
    if (userId || userTraits || companyId || context) {
      queue.add({
        ...(userId ? { userId } : {}), ...(userToken ? { userToken } : {}), ...(userTraits ? { traits: userTraits } : {}), ...(context ? { context } : {}),
        ...(companyId ? { company: { id: companyId, ...looseOf(companyTraits) } } : {}),
      }, userId !== undefined);
    }
    await chat.people.claim(options);
  }

  /** Where the visitor is on the site. */
  at(page: { url: string; title: string }): void {
    if (this.#page?.url === page.url) return;
    this.#page = { url: page.url.slice(0, 2_000), title: page.title.slice(0, 300) };
    this.#parts.queue.add({ page: this.#page }, false);
  }

  /** Only a page that asked for it is opened on, and only where it wants it. */
  openUnseen(): void {
    if (this.#hasOpened || !this.#options.autoOpenUnseen || this.#parts.chat.state.unread.value === 0) return;
    this.#hasOpened = true;
    const url = this.#page?.url;
    const pathname = url && URL.canParse(url) ? new URL(url).pathname : '/';
    if (!(this.#options.manualOnPaths ?? []).some((glob) => matchesGlob(pathname, glob))) this.#parts.host.tell({ type: 'open' });
  }

  async call({ name, args, id }: Call): Promise<void> {
    const methods: Record<string, (...values: unknown[]) => unknown> = {
      identify: (userId, traits, proof) => this.#identify(textOf(userId), traits, proof),
      identifyCompany: (companyId, traits) => this.#tell(textOf(companyId), (company) => ({ company: { id: company, ...looseOf(traits) } })),
      setContext: (key, entry) => this.#tell(textOf(key), (entryKey) => ({ context: { [entryKey]: entry ?? null } })),
      clearContext: (key) => this.#parts.queue.add({ context: textOf(key) ? { [String(key)]: null } : null }),
      trackEvent: (event, meta) => this.#tell(textOf(event), (eventName) => ({ event: { name: eventName, ...(isLoose(meta) ? { meta } : {}) } })),
      update: (options) => (isLoose(options) ? this.take(options as PageOptions) : undefined),
      showNewMessage: (text) => this.#showNew(textOf(text) ?? ''),
      showConversation: (conversation) => this.#show(textOf(conversation)),
      showArticle: (slug) => this.#article(textOf(slug)),
      debug: () => this.#debug(),
    };
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    const value = await method?.(...(Array.isArray(args) ? args : []));
    if (id !== undefined) this.#parts.host.tell({ type: 'answer', id, value: value ?? null });
  }

  #tell(key: string | undefined, body: (key: string) => Parameters<ProfileQueue['add']>[0]): void {
    if (key) this.#parts.queue.add(body(key));
    else this.#parts.host.event('error', { code: 'invalid' });
  }

  async #identify(userId: string | undefined, traits: unknown, proof: unknown): Promise<void> {
    const userToken = isLoose(proof) ? textOf(proof.userToken) : undefined;
    if (userToken) await this.#parts.chat.people.claim({ userToken, ...(userId ? { userId } : {}) });
    this.#tell(userId, (id) => ({ userId: id, ...looseOf(traits), ...(userToken ? { userToken } : {}) }));
  }

  #showNew(text: string): void {
    const { config, chat, host } = this.#parts;
    chat.newThread(config.widget.buttons[0]?.id ?? '', text);
    host.tell({ type: 'open' });
  }

  #show(conversation: string | undefined): void {
    if (!conversation) return;
    this.#parts.chat.openThread(conversation);
    this.#parts.host.tell({ type: 'open' });
  }

  /** A browser may refuse to open a tab that nobody clicked for: then the link is offered. */
  #article(slug: string | undefined): void {
    if (!slug) return;
    const { config, chat, host, } = this.#parts;
    const url = new URL(`${config.widget.articlesUrl.replace(/\/$/, '')}/${encodeURIComponent(slug)}`, location.href).href;
    host.event('action', { type: 'article', slug, url });
    const tab = window.open(url, '_blank');
    if (tab) tab.opener = null;
    else {
      chat.state.offer.value = { url, text: slug };
      host.tell({ type: 'open' });
    }
  }

  #debug(): unknown {
    const { config, chat, host } = this.#parts;
    const { session } = chat;
    return {
      version, widget: config.widget.slug, locale: config.locale, isFramed: host.isFramed, isOpen: chat.state.isOpen.value,
      connection: chat.state.connection.value, holdsSocket: chat.holdsSocket, conversations: chat.state.conversations.size, unread: chat.state.unread.value,
      waiting: chat.state.pending.value.length, contact: session.contact.value?.kind ?? 'none',
      session: session.token ? 'present' : 'absent', userToken: session.claim.userToken ? 'present' : 'absent',
      emailHash: session.claim.userDetails?.emailHash ? 'present' : 'absent', userId: session.claim.userId ? 'present' : 'absent',
    };
  }
}
