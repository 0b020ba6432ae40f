import type { Browser, Page } from 'playwright-core';
import { watchConsole } from '../support/browser.ts';
import { firstOperator } from '../support/desk-process.ts';

export type Credentials = { email: string; password: string };

/** An operator before the desk. */
export class OperatorPage {
  readonly page: Page;
  readonly said: string[];

  constructor(page: Page) {
    this.page = page;
    this.said = watchConsole(page);
  }

  /** Signs in as a person does, in a browser context of its own. */
  static async signIn(browser: Browser, url: string, { email, password }: Credentials = firstOperator): Promise<OperatorPage> {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(20_000);
    const operator = new OperatorPage(await context.newPage());
    await operator.page.goto(`${url}/admin/inbox/all`);
    await operator.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await operator.page.getByLabel('Password', { exact: true }).fill(password);
    await operator.page.getByRole('button', { name: 'Sign in' }).click();
    await operator.page.getByRole('main').waitFor();
    await operator.list.waitFor();
    return operator;
  }

  get list() { return this.page.getByRole('region', { name: 'All open' }); }
  row(text: string) { return this.list.getByRole('link').filter({ hasText: text }); }

  /** Waits for a conversation. What is new stands behind a bar, so that no row moves under the pointer. */
  async await(text: string): Promise<void> {
    const bar = this.list.getByRole('button', { name: /new conversations?$/ });
    await this.row(text).or(bar).first().waitFor();
    if (await bar.isVisible()) await bar.click();
    await this.row(text).waitFor();
  }

  async openConversation(text: string): Promise<void> {
    await this.await(text);
    await this.row(text).click();
    await this.message(text).waitFor();
  }

  get thread() { return this.page.getByRole('log', { name: 'Messages' }); }
  get messages() { return this.thread.getByRole('article'); }
  message(text: string) { return this.messages.filter({ hasText: text }); }

  get composer() { return this.page.getByRole('region', { name: 'Write' }); }
  get box() { return this.composer.getByRole('textbox'); }

  async choose(kind: 'Reply' | 'Note'): Promise<void> {
    await this.composer.getByRole('tab', { name: kind }).click();
  }

  async submit(): Promise<void> {
    await this.composer.getByRole('button', { name: /^(Send|Add note)/ }).click();
  }

  /** Writes a reply and waits until it stands in the thread. */
  async reply(text: string): Promise<void> {
    await this.box.fill(text);
    await this.submit();
    await this.message(text).waitFor();
  }

  /** Which of these texts are in the thread, in their order, as often as they are. */
  async shown(texts: readonly string[]): Promise<string[]> {
    const articles = await this.messages.allTextContents();
    return articles.flatMap((article) => texts.filter((text) => article.includes(text)));
  }
}
