import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { MessageDto } from '@plugboard/sdk';
import type { ConversationSummary } from '../../core/shared/conversations.ts';
import { foreignSite } from '../../tests/support/browser.ts';
import { firstOperator, spawnDesk } from '../../tests/support/desk-process.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';

const config = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

/** A desk with the chat on and the widget built. */
export async function chatDesk(): Promise<DeskProcess> {
  if (!existsSync(new URL('../../plugins/chat/dist/widget/manifest.json', import.meta.url))) await build({ configFile: config, logLevel: 'silent' });
  return spawnDesk();
}

/** The first operator over REST. */
export class Operator {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async signIn(url: string): Promise<Operator> {
    const response = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(firstOperator) });
    expect(response.status).toBe(200);
    return new Operator(url, response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; '));
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method, headers: { cookie: this.#cookie, origin: this.#url, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async conversations(): Promise<ConversationSummary[]> {
    return (await this.call<{ data: ConversationSummary[] }>('GET', '/conversations?view=all')).data;
  }

  async replies(conversationId: string): Promise<string[]> {
    const { data } = await this.call<{ data: MessageDto[] }>('GET', `/conversations/${conversationId}/messages`);
    return data.filter(({ kind }) => kind === 'reply').map(({ body }) => body.text);
  }

  write(conversationId: string, body: string, kind: 'reply' | 'note' = 'reply'): Promise<unknown> {
    return this.call('POST', `/conversations/${conversationId}/messages`, { cid: crypto.randomUUID(), kind, body });
  }

  async read(conversationId: string): Promise<void> {
    const { lastSeq } = await this.call<ConversationSummary>('GET', `/conversations/${conversationId}`);
    await this.call('POST', `/conversations/${conversationId}/read`, { seq: lastSeq });
  }

  switchChat(active: boolean): Promise<unknown> {
    return this.call('PUT', '/plugins/chat/activation', active ? { active, consent: chatPermissions } : { active });
  }
}

const chatPermissions = [
  'db:own', 'realtime', 'conversations:read', 'conversations:write', 'messages:read', 'messages:write',
  'contacts:read', 'contacts:write', 'files:read', 'files:write', 'brands:read', 'departments:read',
];

/** A site of somebody else's with the snippet on it. */
export const siteWith = (desk: DeskProcess, options: { head?: string; attributes?: string; headers?: Record<string, string> } = {}) => foreignSite(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">${options.head ?? ''}</head>
<body><h1>A shop</h1><a href="#">A link</a><script src="${desk.url}/widget.js" data-widget="website" async ${options.attributes ?? ''}></script></body></html>`, options.headers);

export const launcherOf = (page: Page) => page.locator('plugboard-chat');
const isWidget = (frame: Frame) => /\/widget\/[a-z0-9-]+(\?|#)/.test(frame.url());

/** Opens the widget of a page and answers its frame, ready to use. */
export async function openWidget(page: Page): Promise<Frame> {
  await launcherOf(page).waitFor({ state: 'attached' });
  await page.evaluate('Plugboard.open()');
  await expect.poll(() => page.frames().some(isWidget)).toBe(true);
  const frame = page.frames().find(isWidget);
  if (!frame) throw new Error('no frame');
  await frame.waitForSelector('.widget');
  return frame;
}

export async function visit(context: BrowserContext, url: string): Promise<{ page: Page; frame: Frame }> {
  const page = await context.newPage();
  await page.goto(url);
  return { page, frame: await openWidget(page) };
}

export const editor = '.editor[role=textbox]';

/** Types as a person does, so that Markdown becomes marks, and sends. */
export async function say(frame: Frame, text: string): Promise<void> {
  await frame.locator(editor).pressSequentially(text);
  await frame.press(editor, 'Enter');
}

export const bubbles = (frame: Frame, selector = '.message .bubble') => frame.locator(selector).allTextContents();
export const mine = (frame: Frame) => bubbles(frame, '.message.is-mine .bubble');
export const states = (frame: Frame) => frame.locator('.message.is-mine .state').allTextContents();
