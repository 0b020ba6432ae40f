import type { BrowserContext, Frame, Page } from 'playwright-core';
import { foreignSite, watchConsole } from '../support/browser.ts';
import { Launcher } from './launcher.ts';
import { afterBreak, soon } from './soon.ts';

/** The one line that a customer puts into a page. */
export const snippet = (deskUrl: string, attributes = '') => `<script src="${deskUrl}/widget.js" data-tenant="support" data-widget="website" ${attributes} async></script>`;

/** A shop on another origin with the snippet in it. */
export const shop = (deskUrl: string) => foreignSite(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"></head>
<body><h1>A shop</h1><p>Packs and stoves.</p>${snippet(deskUrl)}</body></html>`);

const widgetUrl = /\/widget\/[a-z0-9-]+([?#]|$)/;

/** A visitor before a page with the widget. */
export class VisitorPage {
  readonly page: Page;
  readonly launcher: Launcher;
  /** Errors that the page or the widget wrote on the console. */
  readonly said: string[];
  /** Everything that came over sockets. */
  readonly frames: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.launcher = new Launcher(page);
    this.said = watchConsole(page);
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.frames.push(payload.toString())));
  }

  static async arrive(context: BrowserContext, url: string): Promise<VisitorPage> {
    const visitor = new VisitorPage(await context.newPage());
    await visitor.page.goto(url);
    return visitor;
  }

  /** The widget's document; asked for anew each time, because a reload makes another. */
  get widget(): Frame {
    const frame = this.#frame();
    if (!frame) throw new Error('the widget has not been opened');
    return frame;
  }

  #frame(): Frame | undefined {
    return this.page.frames().find((candidate) => widgetUrl.test(candidate.url()));
  }

  /** Opens the widget with its launcher. */
  async open(): Promise<void> {
    await soon(() => this.launcher.name()).toContain('Open chat');
    await this.launcher.click();
    // On a phone the widget covers the whole screen, its launcher too.
    await soon(() => this.launcher.name()).not.toContain('Open chat');
    await soon(() => this.page.frames().map((frame) => frame.url()).join(' ')).toMatch(widgetUrl);
    await this.widget.getByRole('heading', { level: 1 }).waitFor();
  }

  async close(): Promise<void> {
    await this.widget.getByRole('button', { name: 'Close', exact: true }).click();
    await soon(() => this.launcher.name()).toContain('Open chat');
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await soon(() => this.launcher.name()).toContain('Open chat');
  }

  /** Opens the widget and a new conversation in it. */
  async begin(): Promise<void> {
    await this.open();
    await this.widget.getByRole('button', { name: 'Send us a message' }).click();
    await this.box.waitFor();
  }

  /** Name and address, as the screen before a conversation or the card in it asks for them. */
  async giveDetails(email: string, name = 'Ada Lovelace'): Promise<void> {
    await this.widget.getByLabel(/^Full name/).fill(name);
    await this.widget.getByLabel('E-mail address').fill(email);
    await this.widget.getByLabel('E-mail address').press('Enter');
  }

  get codeField() { return this.widget.getByRole('textbox', { name: 'Enter the 6-digit code' }); }

  /** Types the code as it stands in the mail; the last digit sends it. */
  async enterCode(code: string): Promise<void> {
    await this.codeField.pressSequentially(code);
  }

  async choose(item: string): Promise<void> {
    await this.widget.getByRole('button', { name: 'More', exact: true }).click();
    await this.widget.getByRole('menuitem', { name: item }).click();
  }

  /** Who the widget says is signed in. */
  async person(): Promise<string> {
    const more = this.widget.getByRole('button', { name: 'More', exact: true });
    await more.click();
    const person = await this.widget.locator('.menu-person').allTextContents();
    await this.widget.locator('.menu').press('Escape');
    return person.join(' ');
  }

  /**
   * Goes on with the first conversation of the list. A browser swallows a click into a frame of another site that moved a
   * moment ago, so that no page can put it under a pointer: people click again, and so does this.
   */
  async resume(): Promise<void> {
    const row = this.widget.getByRole('region', { name: 'Your conversations' }).getByRole('button').first();
    await row.waitFor();
    await soon(async () => {
      if (await this.box.isVisible()) return true;
      await row.click({ timeout: 2_000 }).catch(() => undefined);
      return this.box.isVisible();
    }).toBe(true);
  }

  get box() { return this.widget.getByRole('textbox', { name: 'Message' }); }
  get banner() { return this.widget.getByRole('status').getByRole('paragraph'); }
  get #rows() { return this.widget.getByRole('list', { name: 'Messages' }).getByRole('listitem'); }
  message(text: string) { return this.#rows.filter({ hasText: text }); }

  async write(text: string): Promise<void> {
    await this.box.fill(text);
    // On a phone Enter is a new line.
    if ((this.page.viewportSize()?.width ?? 0) <= 480) await this.widget.getByRole('button', { name: 'Send', exact: true }).click();
    else await this.box.press('Enter');
  }

  /** Writes and waits until the desk has it. */
  async send(text: string): Promise<void> {
    await this.write(text);
    await afterBreak(() => this.lastState()).toMatch(/^(Sent|Read) /);
  }

  /** What stands below the last own message of a group, such as “Sending…” or “Sent 14:03”. */
  async lastState(): Promise<string> {
    return (await this.widget.locator('.message.is-mine .state').allTextContents()).at(-1) ?? '';
  }

  /** Which of these texts are on the screen, in their order, as often as they are. */
  async shown(texts: readonly string[]): Promise<string[]> {
    const rows = await this.#rows.allTextContents();
    return rows.flatMap((row) => texts.filter((text) => row.includes(text)));
  }
}
