import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { Browser, BrowserContext } from 'playwright-core';
import { foreignSite } from '../support/browser.ts';
import { eventually } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { ownerOf, type Call } from '../support/plugins.ts';
import { Postbox } from '../support/postbox.ts';
import type { StoredWidget } from './widget-editor.ts';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a customer's server does to say who its user is. */
export function signed(payload: Record<string, unknown>, secret: string): string {
  const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ iat: Math.floor(Date.now() / 1_000), ...payload })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const nonce = 'c2hvcA';
/** What a careful bank allows: nothing but the desk, and no markup from strings. */
const strictPolicy = (deskUrl: string) => [
  "default-src 'none'", `script-src 'nonce-${nonce}' ${deskUrl}`, "style-src 'none'", `connect-src ${deskUrl}`, `frame-src ${deskUrl}`,
  'img-src data:', "base-uri 'none'", "require-trusted-types-for 'script'",
].join('; ');

export type Site = Awaited<ReturnType<typeof foreignSite>>;

/** A desk process with the chat on and a real postbox, and what an admin asks of it. */
export class ChatDesk {
  readonly process: DeskProcess;
  readonly postbox: Postbox;
  readonly call: Call;
  readonly #parsed = new Map<string, Email>();
  readonly #sites: Site[] = [];
  #people = 0;

  private constructor(process: DeskProcess, postbox: Postbox, call: Call) {
    this.process = process;
    this.postbox = postbox;
    this.call = call;
  }

  static async start(environment: Record<string, string> = {}): Promise<ChatDesk> {
    const postbox = new Postbox();
    const process = await spawnDesk({ SMTP_URL: await postbox.open(), ...environment });
    return new ChatDesk(process, postbox, await ownerOf(process.url));
  }

  get url(): string { return this.process.url; }

  async stop(): Promise<void> {
    for (const site of this.#sites) await site.close();
    await this.process.dispose();
    await this.postbox.close();
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, `/api/v1${path}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async widget(slug = 'website'): Promise<StoredWidget> {
    const { data } = await this.ask<{ data: StoredWidget[] }>('GET', '/widgets');
    const widget = data.find((one) => one.slug === slug);
    if (!widget) throw new Error(`no widget ${slug}`);
    return widget;
  }

  async change(change: Record<string, unknown>, slug = 'website'): Promise<void> {
    await this.ask('PATCH', `/widgets/${(await this.widget(slug)).id}`, change);
  }

  async secret(slug = 'website'): Promise<string> {
    return (await this.ask<{ secret: string }>('POST', `/widgets/${(await this.widget(slug)).id}/secret`, {})).secret;
  }

  /** An address that no other test uses. */
  nextEmail(): string { return `visitor-${(this.#people += 1)}@example.com`; }

  /** A page of somebody else's, on another origin and under a strict policy. `script` runs before the desk's own. */
  async site({ script = '', tag, body = '' }: { script?: string; tag?: string; body?: string } = {}): Promise<Site> {
    const site = await foreignSite(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title><link rel="icon" href="data:,"></head>
<body><h1>A shop</h1><p>Packs and stoves.</p>${body}<script nonce="${nonce}">${script}</script>
${tag ?? `<script src="${this.url}/widget.js" data-tenant="support" data-widget="website" async></script>`}</body></html>`, { 'Content-Security-Policy': strictPolicy(this.url) });
    this.#sites.push(site);
    return site;
  }

  /** The same with `init` of the page's own. `heard` on the page has each event that is named here. */
  initSite(options: Record<string, unknown>, more = ''): Promise<Site> {
    return this.site({
      tag: `<script src="${this.url}/widget.js" async></script>`,
      script: `window.heard = []; window.plugboardAsyncInit = () => {
        for (const name of ['identity:error', 'error', 'conversation:start', 'message']) Plugboard.on(name, (detail) => heard.push([name, detail]));
        Plugboard.init({ baseURL: '${this.url}', widget: 'website', ...${JSON.stringify(options)} ${more} });
      };`,
    });
  }

  /** Every mail so far to an address, the oldest first. */
  async mails(address: string): Promise<Email[]> {
    const to = this.postbox.received.filter((mail) => mail.to.includes(address));
    for (const { raw } of to) if (!this.#parsed.has(raw)) this.#parsed.set(raw, await PostalMime.parse(raw));
    return to.flatMap(({ raw }) => this.#parsed.get(raw) ?? []);
  }

  async mail(address: string, count = 1): Promise<Email> {
    await eventually(`mail ${count} to ${address}`, async () => (await this.mails(address)).length >= count);
    const mail = (await this.mails(address))[count - 1];
    if (!mail) throw new Error('no mail');
    return mail;
  }

  /** The digits of the newest code that an address got, once there are `count` mails. */
  async code(address: string, count = 1): Promise<string> {
    const { subject = '' } = await this.mail(address, count);
    const [code] = /\d{6}/.exec(subject) ?? [];
    if (!code) throw new Error(`no code in ${subject}`);
    return code;
  }

  /** Lets time go by for the desk's limits on codes, as far as they are stored. */
  letTimePass(ms: number): void {
    const db = new Database(join(this.process.dataDir, 'plugboard.sqlite'), { timeout: 10_000 });
    try {
      const rows = db.prepare('SELECT limit_key, taken_at FROM p_chat_limits').all() as { limit_key: string; taken_at: string }[];
      const change = db.prepare('UPDATE p_chat_limits SET taken_at = ? WHERE limit_key = ?');
      for (const row of rows) change.run(row.taken_at.split(',').map((time) => Number(time) - ms).join(','), row.limit_key);
    } finally {
      db.close();
    }
  }

  /** The one conversation with these words. */
  async conversation(snippet: string): Promise<string> {
    let id = '';
    await eventually(`a conversation with ${snippet}`, async () => {
      const { data } = await this.ask<{ data: { id: string; snippet: string }[] }>('GET', '/conversations?view=all&limit=100');
      id = data.find((one) => one.snippet === snippet)?.id ?? '';
      return id !== '';
    });
    return id;
  }

  reply(conversationId: string, body: string): Promise<unknown> {
    return this.ask('POST', `/conversations/${conversationId}/messages`, { cid: crypto.randomUUID(), kind: 'reply', body });
  }
}

export type Device = 'desktop' | 'phone';
export const devices: readonly Device[] = ['desktop', 'phone'];

/** A browser of its own, at a desk or in a hand. */
export async function deviceContext(browser: Browser, device: Device = 'desktop', options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const size = device === 'phone' ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } : { viewport: { width: 1_280, height: 800 } };
  const context = await browser.newContext({ locale: 'en-US', ...size, ...options });
  context.setDefaultTimeout(20_000);
  return context;
}
