import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { watchConsole } from '../support/browser.ts';
import { callWith, type Call } from '../support/plugins.ts';
import { signInTo } from '../support/sign-in.ts';
import { soon } from './soon.ts';

export interface StoredWidget { id: string; slug: string; key: string; name: string; version: number; brandId: string; [field: string]: unknown }

/** An admin before the editor of the first widget. */
export class WidgetEditor {
  readonly page: Page;
  readonly said: string[];
  readonly url: string;
  readonly call: Call;
  readonly id: string;

  constructor(page: Page, url: string, call: Call, id: string) {
    this.page = page;
    this.said = watchConsole(page);
    this.url = url;
    this.call = call;
    this.id = id;
  }

  static async open(browser: Browser, url: string, options: { locale?: string; mode?: 'light' | 'dark' } = {}): Promise<WidgetEditor> {
    const { locale = 'en', mode = 'light' } = options;
    const headers = await signInTo(url);
    const call = callWith(url, headers);
    await call('PATCH', '/api/v1/session/preferences', { locale, mode });
    const widgets = (await call('GET', '/api/v1/widgets')).body as { data: StoredWidget[] };
    const context = await browser.newContext({ locale, colorScheme: mode, viewport: { width: 1440, height: 1000 } });
    context.setDefaultTimeout(20_000);
    const [name = '', value = ''] = (headers.Cookie ?? '').split('=');
    await context.addCookies([{ name, value, url }]);
    const editor = new WidgetEditor(await context.newPage(), url, call, widgets.data.find(({ slug }) => slug === 'website')?.id ?? widgets.data[0]?.id ?? '');
    await editor.go();
    return editor;
  }

  get context(): BrowserContext { return this.page.context(); }

  /** Opens a tab by its address. */
  async go(tab = ''): Promise<void> {
    await this.page.goto(`${this.url}/admin/p/chat/widgets/${this.id}/${tab}`);
    await this.page.getByRole('heading', { level: 2 }).first().waitFor();
  }

  /** Opens a tab by its link. */
  async tab(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of the widget' }).getByRole('link', { name }).click();
  }

  get saveBar() { return this.page.getByRole('region', { name: 'Unsaved changes' }); }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.saveBar.waitFor({ state: 'detached' });
  }

  async stored(): Promise<StoredWidget> {
    return (await this.call('GET', `/api/v1/widgets/${this.id}`)).body as StoredWidget;
  }

  /** A row of the dashboard's lists. */
  part(list: string, name: string) { return this.page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: name }); }
  names(list: string) { return this.page.getByRole('list', { name: list }).locator('b').allTextContents(); }

  async unfold(list: string, name: string): Promise<void> {
    await this.part(list, name).locator('.chat-part-toggle').click();
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** The document in which the preview draws the widget. Its frame stands in a closed shadow root, as on a customer's page. */
  async preview(): Promise<Frame> {
    const find = () => this.page.frames().find((frame) => /\/widget\/[^/]+\?preview=1/.test(frame.url()));
    await soon(() => find() !== undefined).toBe(true);
    return find()!;
  }
}
