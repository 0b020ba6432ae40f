import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { soon } from './soon.ts';
import { WidgetEditor } from './widget-editor.ts';

vi.setConfig({ testTimeout: 90_000 });

let desk: DeskProcess;
let browser: Browser;
let editor: WidgetEditor;
let page: Page;

beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});
beforeEach(async () => {
  editor = await WidgetEditor.open(browser, desk.url);
  ({ page } = editor);
});
afterEach(() => editor?.context.close());

/** The widget as a visitor of this language gets it. */
async function visit<T>(look: (widget: Page) => Promise<T>, { slug = 'website', locale = 'en' } = {}): Promise<T> {
  const widget = await editor.context.newPage();
  try {
    await widget.goto(`${desk.url}/widget/${slug}?locale=${locale}`);
    await widget.getByRole('heading', { level: 1 }).waitFor();
    return await look(widget);
  } finally {
    await widget.close();
  }
}
const launcher = async (query = 'widget=website&locale=en') => (await (await fetch(`${desk.url}/api/sdk/config?${query}`)).json()) as { text: string; icon: unknown; color: string; type: string; position: string; mode: string };

describe('General', () => {
  it('names, greeting and each field of a button reach the widget, in the languages they were given', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Main site');
    await page.getByRole('textbox', { name: 'Name shown to visitors' }).fill('Northwind');
    await page.getByRole('textbox', { name: 'Welcome message', exact: true }).fill('Good to see you!');
    await page.getByRole('button', { name: /^Welcome message: translated into 0/ }).click();
    await page.getByRole('dialog').getByLabel('German').fill('Schön, Sie zu sehen!');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Welcome message: translated into 1/ }).waitFor();

    await editor.unfold('Conversations', 'Send us a message');
    const row = page.getByRole('list', { name: 'Conversations' });
    await row.getByLabel('Name', { exact: true }).fill('Ask a question');
    await row.getByLabel('Description', { exact: true }).fill('About orders');
    await row.getByLabel('Opening message', { exact: true }).fill('What is on your mind?');
    await editor.choose('Priority', 'High');
    await editor.choose('Department', 'Support');
    await row.getByRole('button', { name: /^Icon: / }).click();
    await page.getByRole('searchbox', { name: 'Search icons' }).fill('truck');
    await page.getByRole('searchbox', { name: 'Search icons' }).press('ArrowDown');
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('truck');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await row.getByRole('button', { name: 'Icon: truck' }).waitFor();
    expect(await row.getByRole('switch', { name: 'AI responses' }).isDisabled()).toBe(true);
    await editor.save();

    expect(await editor.stored()).toMatchObject({ name: 'Main site', botName: 'Northwind', conversationButtons: [{ icon: 'truck', name: 'Ask a question', priority: 'high', openingMessage: 'What is on your mind?', departmentId: expect.any(String), aiResponses: true }] });
    await visit(async (widget) => {
      await widget.getByText('Good to see you!').waitFor();
      await widget.getByRole('button', { name: /Ask a question/ }).click();
      await widget.getByText('What is on your mind?').waitFor();
    });
    await visit((widget) => widget.getByText('Schön, Sie zu sehen!').waitFor(), { locale: 'de' });
    expect(editor.said).toEqual([]);
  });

  it('links are added, checked, taken away and taken back', async () => {
    await page.getByRole('button', { name: 'Add self-service link' }).click();
    await page.getByRole('list', { name: 'Self-service' }).getByLabel('Label', { exact: true }).fill('Guides');
    await page.getByRole('radio', { name: 'Category' }).click();
    await page.getByRole('button', { name: 'Add external link' }).click();
    await page.getByRole('list', { name: 'External links' }).getByLabel('Label', { exact: true }).fill('Status');
    await page.getByLabel('Address', { exact: true }).last().fill('status.example.com');
    await page.keyboard.press('Control+s');
    await page.getByText('Say where it leads').waitFor();
    await page.getByText('Enter a full address, such as').waitFor();
    await page.getByRole('button', { name: 'Which category: Choose a category' }).click();
    await page.getByRole('searchbox', { name: 'Search the help centre' }).fill('guides');
    await page.getByRole('button', { name: 'Use the address “guides”' }).click();
    await page.getByText('Nothing in the help centre has this address any more.').waitFor();
    await page.getByLabel('Address', { exact: true }).last().fill('https://status.example.com');
    await editor.save();
    await visit(async (widget) => {
      expect(await widget.getByRole('link', { name: /Guides/ }).getAttribute('href')).toMatch(/\/categories\/guides$/);
      expect(await widget.getByRole('link', { name: /Status/ }).getAttribute('href')).toBe('https://status.example.com');
    });

    await editor.part('External links', 'Status').getByRole('button', { name: 'Actions for Status' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByText('No links to other sites yet.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await editor.part('External links', 'Status').waitFor();
    await soon(() => editor.saveBar.count()).toBe(0);
  });

  it('a link into the help centre is chosen from what is there; it keeps its address when the article goes', async () => {
    const { body: article } = await editor.call('POST', '/api/v1/articles', { title: 'How refunds work', body: 'Within 5 days.', locale: 'en', status: 'published' }) as { body: { id: string; slug: string } };
    await page.getByRole('button', { name: 'Add self-service link' }).click();
    await page.getByRole('radio', { name: 'Article' }).click();
    await page.getByRole('button', { name: 'Which article: Choose an article' }).click();
    await page.getByRole('searchbox', { name: 'Search the help centre' }).fill('5 days');
    await page.getByRole('button', { name: 'How refunds work how-refunds-work' }).click();
    // A link without a label takes the title.
    await soon(() => page.getByRole('list', { name: 'Self-service' }).getByLabel('Label', { exact: true }).last().inputValue()).toBe('How refunds work');
    await editor.save();
    await visit(async (widget) => {
      const address = await widget.getByRole('link', { name: /How refunds work/ }).getAttribute('href');
      expect((await fetch(address ?? '')).status).toBe(200);
    });
    expect((await editor.call('DELETE', `/api/v1/articles/${article.id}`)).status).toBe(204);
    await editor.go();
    await editor.unfold('Self-service', 'How refunds work');
    await page.getByRole('button', { name: `Which article: ${article.slug}` }).waitFor();
    await page.getByText('Nothing in the help centre has this address any more.').waitFor();
  });

  it('rows are put in order by keyboard, by menu and by hand', async () => {
    const list = 'Conversations';
    for (const name of ['Second', 'Third']) {
      await page.getByRole('button', { name: 'Add conversation button' }).click();
      await page.getByRole('list', { name: list }).getByLabel('Name', { exact: true }).last().fill(name);
      await editor.part(list, name).locator('.chat-part-toggle').click();
    }
    const [first = ''] = await editor.names(list);
    const named = ((await editor.stored()).conversationButtons as { name: string }[])[0]?.name;
    const handle = (name: string) => page.getByRole('button', { name: `Move ${name}` });
    await handle('Third').focus();
    await page.keyboard.press('Space');
    await page.getByText('Third lifted, place 3 of 3').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByText('Third, place 2 of 3').waitFor();
    await page.keyboard.press('Escape');
    expect(await editor.names(list)).toEqual([first, 'Second', 'Third']);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move Third');
    await page.keyboard.press('Space');
    expect(await editor.names(list)).toEqual(['Third', first, 'Second']);

    await editor.part(list, 'Second').getByRole('button', { name: 'Actions for Second' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    expect(await editor.names(list)).toEqual(['Third', 'Second', first]);

    const from = await handle('Third').boundingBox();
    const to = await handle(first).boundingBox();
    if (!from || !to) throw new Error('no handles');
    await page.mouse.move(from.x + 8, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 8, to.y + 40, { steps: 8 });
    await soon(() => editor.names(list)).toEqual(['Second', first, 'Third']);
    await page.mouse.up();
    await editor.save();
    expect(((await editor.stored()).conversationButtons as { name: string }[]).map(({ name }) => name)).toEqual(['Second', named, 'Third']);
    await visit(async (widget) => {
      const texts = await widget.getByRole('main').getByRole('button').allTextContents();
      expect(texts.map((text) => ['Second', first, 'Third'].find((name) => text.includes(name))).filter(Boolean)).toEqual(['Second', first, 'Third']);
    });
  });

  it('a new address may leave the old one working', async () => {
    await page.getByRole('textbox', { name: 'Address', exact: true }).first().fill('shop');
    await page.getByText('Snippets that say “website” stop working').waitFor();
    await page.getByRole('button', { name: 'Keep the old address working' }).click();
    await editor.save();
    expect(await editor.stored()).toMatchObject({ slug: 'shop', aliases: ['website'] });
    expect((await fetch(`${desk.url}/api/sdk/config?widget=website`)).status).toBe(200);
    await page.getByRole('textbox', { name: 'Address', exact: true }).first().fill('website');
    await editor.tab('Embed code');
    await page.getByRole('button', { name: 'Remove line 1' }).click();
    await editor.save();
    expect(await editor.stored()).toMatchObject({ slug: 'website', aliases: [] });
  });
});

it('the preview follows what is typed, in its language and mode, and keeps standing while something is not valid', async () => {
  const greeting = page.getByRole('textbox', { name: 'Welcome message', exact: true });
  const preview = await editor.preview();
  await greeting.fill('Typed just now');
  await preview.getByText('Typed just now').waitFor();
  await editor.choose('Language', 'Arabic');
  await soon(() => preview.locator('html').getAttribute('dir')).toBe('rtl');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await soon(() => preview.locator('html').getAttribute('data-mode')).toBe('dark');
  await page.getByRole('button', { name: 'Add external link' }).click();
  await greeting.fill('Still here');
  await preview.getByText('Still here').waitFor();
  await page.getByText('Something is not valid yet').waitFor();
  await page.getByRole('radio', { name: 'Button', exact: true }).click();
  await page.getByRole('radio', { name: 'Phone' }).click();
  expect(editor.said).toEqual([]);
});

it('changes are kept from tab to tab, and nobody leaves them by mistake', async () => {
  await page.getByRole('textbox', { name: 'Name shown to visitors' }).fill('Unsaved');
  await editor.tab('Security');
  await editor.tab('General');
  expect(await page.getByRole('textbox', { name: 'Name shown to visitors' }).inputValue()).toBe('Unsaved');
  await page.getByRole('link', { name: 'Chat widgets' }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(page.url()).toContain(editor.id);
  await editor.saveBar.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('link', { name: 'Chat widgets' }).click();
  await page.getByRole('heading', { level: 1, name: 'Chat widgets' }).waitFor();
});

it('a tab tells of what keeps the form from being saved, and saving leads there', async () => {
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('');
  await editor.tab('Embed code');
  await page.keyboard.press('Control+s');
  await page.getByRole('link', { name: /General.*1 field to correct/ }).waitFor();
  await soon(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
  await page.getByText('Fill this in').waitFor();
});

it('whoever is second to save sees it, and loses nothing', async () => {
  await page.getByRole('textbox', { name: 'Name shown to visitors' }).fill('Mine');
  await editor.call('PATCH', `/api/v1/widgets/${editor.id}`, { appearance: { type: 'sidebar' } });
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this widget' });
  await dialog.getByText('Changed there: Appearance.').waitFor();
  await dialog.getByRole('button', { name: 'Save mine' }).click();
  await editor.saveBar.waitFor({ state: 'detached' });
  expect(await editor.stored()).toMatchObject({ botName: 'Mine', appearance: { type: 'sidebar' } });

  await page.getByRole('textbox', { name: 'Name shown to visitors' }).fill('Mine again');
  await editor.call('PATCH', `/api/v1/widgets/${editor.id}`, { botName: 'Theirs', appearance: { type: 'popup' } });
  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Load theirs' }).click();
  await soon(() => page.getByRole('textbox', { name: 'Name shown to visitors' }).inputValue()).toBe('Theirs');
});

it('Appearance: each field reaches the button and the frame', async () => {
  await editor.go('appearance');
  await page.getByRole('radio', { name: 'Sidebar' }).check({ force: true });
  await page.getByRole('radio', { name: 'Left' }).check({ force: true });
  await page.getByRole('radio', { name: 'Its own' }).click();
  const color = page.getByRole('textbox', { name: 'Its own', exact: true });
  await color.fill('#ffee00');
  await page.getByText('Text on it is black').waitFor();
  await page.getByText('Hard to see on a white page').waitFor();
  await color.fill('#112233');
  await page.getByText('Text on it is white').waitFor();
  await page.getByRole('main').getByRole('radio', { name: 'Dark' }).first().click();
  await page.getByRole('radio', { name: 'High contrast' }).click();
  await page.getByRole('radio', { name: 'Own text' }).click();
  await page.getByRole('textbox', { name: 'Text on the button', exact: true }).fill('Ask us');
  await page.getByRole('button', { name: /^Text on the button: translated/ }).click();
  await page.getByRole('dialog').getByLabel('German').fill('Frag uns');
  await page.keyboard.press('Escape');
  await editor.save();
  expect(await launcher()).toMatchObject({ text: 'Ask us', color: '#112233', type: 'sidebar', position: 'left', mode: 'dark' });
  expect(await launcher('widget=website&locale=de')).toMatchObject({ text: 'Frag uns' });
  await visit(async (widget) => {
    expect(await widget.locator('html').getAttribute('data-theme')).toBe('contrast');
    expect(await widget.locator('html').getAttribute('data-mode')).toBe('dark');
  });

  await page.getByRole('radio', { name: 'Icon only' }).click();
  await page.getByRole('button', { name: /^Icon: / }).click();
  await page.getByRole('button', { name: 'No icon' }).click();
  await page.keyboard.press('Control+s');
  await page.getByText('A button without text needs an icon').waitFor();
  await page.getByRole('button', { name: /^Icon: / }).click();
  await page.getByRole('option', { name: 'headset', exact: true }).click();
  await editor.save();
  expect(await launcher()).toMatchObject({ text: '', icon: { d: expect.any(String) } });
});

it('Security: the secret is seen once; rules and sites are kept', async () => {
  await editor.go('security');
  await page.getByRole('button', { name: 'Generate secret' }).click();
  const once = page.getByRole('dialog', { name: 'Your identity secret' });
  const secret = await once.locator('code').innerText();
  expect(secret).toMatch(/^pb_secret_\S{40,}$/);
  expect(await once.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await once.getByRole('checkbox', { name: 'I have stored it' }).click();
  await once.getByRole('button', { name: 'Done' }).click();
  await page.getByText('A secret is set').waitFor();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('button', { name: 'Make a new one' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new one' }).click();
  await once.getByRole('checkbox', { name: 'I have stored it' }).click();
  await once.getByRole('button', { name: 'Done' }).click();
  await page.getByText('The secret before this one still works until').waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('become anonymous at once').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No secret yet').waitFor();

  await page.getByRole('switch', { name: 'Require authentication' }).click();
  await page.getByRole('switch', { name: 'Tokens must expire' }).click();
  await page.getByRole('radio', { name: /Only for known addresses/ }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: 'Sites that may show it, line 1' }).fill('https://www.example.com/path');
  await page.keyboard.press('Control+s');
  await page.getByText('Enter an origin such as').waitFor();
  await page.getByRole('textbox', { name: 'Sites that may show it, line 1' }).fill('https://www.example.com');
  await editor.save();
  expect(await editor.stored()).toMatchObject({ security: { requireAuthentication: true, requireExp: true, codes: 'known' }, allowedOrigins: ['https://www.example.com'] });
  expect((await fetch(`${desk.url}/widget/website`)).headers.get('content-security-policy')).toContain('https://www.example.com');
  await editor.call('PATCH', `/api/v1/widgets/${editor.id}`, { security: { requireAuthentication: false }, allowedOrigins: [] });
});

it('Translations: texts change in each language, placeholders stay, and a language can be added', async () => {
  await editor.go('translations');
  const field = (key: string) => page.getByRole('listitem').filter({ has: page.getByText(key, { exact: true }) }).getByRole('textbox');
  await field('dashboard.start').fill('Talk to us');
  await page.getByRole('searchbox', { name: 'Search texts' }).fill('chat with');
  await field('launcher.title').fill('Chat with us');
  await page.getByText('Keep every placeholder of the original').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('link', { name: /Translations.*1 field to correct/ }).waitFor();
  await field('launcher.title').fill('Talk with {{brand}}');
  await editor.save();
  await visit((widget) => widget.getByText('Talk to us').waitFor());

  await page.getByRole('searchbox', { name: 'Search texts' }).fill('');
  await page.getByRole('radio', { name: 'Changed (2)' }).click();
  await page.getByRole('listitem').filter({ hasText: 'launcher.title' }).getByRole('button', { name: 'Back to the default text' }).click();
  await editor.save();

  await page.getByRole('button', { name: 'Add language' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add language' });
  await dialog.getByRole('combobox', { name: 'Language' }).fill('Spanish');
  await page.getByRole('option', { name: /Spanish/ }).click();
  await dialog.getByRole('button', { name: 'Add language' }).click();
  await page.getByText('Shown in English').first().waitFor();
  await field('dashboard.start').fill('Iniciar una conversación');
  await editor.save();
  await visit((widget) => widget.getByText('Iniciar una conversación').waitFor(), { locale: 'es' });
  await page.getByRole('radio', { name: /^Missing \(\d{2,}\)/ }).click();
  await soon(() => field('dashboard.start').count()).toBe(0);
  expect(editor.said).toEqual([]);
});

it('Notifications: on or off, when, and with which template', async () => {
  await editor.go('notifications');
  await page.getByRole('switch', { name: 'Visitors may ask for a transcript' }).click();
  await page.getByLabel('Wait before sending').first().fill('5');
  await page.getByRole('button', { name: 'New from this' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Short mail');
  await page.getByRole('dialog').getByRole('button', { name: 'Make template' }).click();
  await page.getByRole('combobox', { name: 'E-mail template' }).first().getByText('Short mail').waitFor();
  await editor.save();
  expect(await editor.stored()).toMatchObject({ notifications: { operators: { isOn: true, delaySeconds: 300, template: expect.stringMatching(/^[a-z2-7]{26}$/) }, users: { delaySeconds: 60, template: null }, transcript: { isOn: false } } });
});

it('Embed code: snippets carry the names, and old names find the widget', async () => {
  await editor.go('embed');
  const { key } = await editor.stored();
  const code = (name: string) => page.getByLabel(name, { exact: true }).locator('code');
  expect(await code('Embed code: HTML').innerText()).toBe(`<script src="${desk.url}/widget.js" data-tenant="support" data-widget="website" async></script>`);
  for (const tab of ['JavaScript', 'npm', 'Vue', 'React', 'Google Tag Manager']) {
    await page.getByRole('tab', { name: tab }).click();
    expect(await code(`Embed code: ${tab}`).innerText()).toContain('website');
  }
  for (const tab of ['PHP', 'Python', 'Ruby', 'Go', 'Node.js']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    expect(await code(`On your server: ${tab}`).innerText()).toContain('PLUGBOARD_SECRET_WEBSITE');
  }
  await page.getByText(key).waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: 'Old names of this widget, line 1' }).fill('vIbuXmgqfh');
  await editor.save();
  expect((await fetch(`${desk.url}/api/sdk/config?widget=vIbuXmgqfh`)).status).toBe(200);
});

it('the list shows what each widget is, and a copy takes over what can be shared', async () => {
  await page.goto(`${desk.url}/admin/p/chat/widgets`);
  await page.getByRole('button', { name: 'Actions for Main site' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add widget' }).click();
  await page.getByRole('heading', { level: 1, name: 'Main site (copy)' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Welcome message', exact: true }).inputValue()).toBe((await editor.stored()).welcomeMessage);
});
