import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, watchConsole } from '../support/browser.ts';
import { eventually } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { Operator } from '../support/operator.ts';
import { fixtures, ownerOf, switchOn, type Call } from '../support/plugins.ts';
import { Visitor } from '../support/visitor.ts';
import { problemsOf } from './screen-check.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000, maxConcurrency: 3 });

const looks = [
  { locale: 'en', dir: 'ltr', mode: 'light' },
  { locale: 'de', dir: 'ltr', mode: 'dark' },
  { locale: 'ar', dir: 'rtl', mode: 'light' },
] as const;
const texts: Record<string, string> = {
  en: 'Does the pack fit a **laptop**? See https://example.com/a-rather-long-address-of-a-product-page-that-does-not-break',
  de: 'Lieferzeitüberschreitungsbenachrichtigung erhalten, was nun?',
  ar: 'هل تتسع الحقيبة لحاسوب محمول؟',
};

let desk: DeskProcess;
let empty: DeskProcess;
let browser: Browser;
let owner: Call;
let session: { name: string; value: string; url: string };
const ids = { conversation: '', widget: '', role: '', mail: '', article: '', assistant: '', run: '' };

/** What a reader finds: a topic, and an article with everything that can be wide. */
async function furnishHelpCentre(): Promise<void> {
  const { id: categoryId } = (await owner('POST', '/api/v1/article-categories', { slug: 'packs', icon: 'tag', texts: { en: { name: 'Packs', description: 'Which one fits' }, de: { name: 'Rucksäcke' }, ar: { name: 'الحقائب' } } })).body as { id: string };
  const body = `${texts.en ?? ''}\n\n# Sizes\n\n| Pack | Litres | Laptop | Weight | Colours | Carries |\n|---|--:|---|---|---|---|\n| Trail | 32 | yes, up to 16 inches | 1 kg | blue | what you need for a week |\n\n# Colours\n\n> [!tip]\n> Blue.\n\n# Code\n\n\`\`\`\n${'pack '.repeat(80)}\n\`\`\``;
  await owner('POST', '/api/v1/articles', { title: 'Which pack fits a laptop', slug: 'which-pack-fits', body, categoryId, status: 'published', isPinned: true });
}

/** A little of everything: three conversations, one with an answer, a note and a file, and a mail in the log. */
async function furnish(): Promise<void> {
  owner = await ownerOf(desk.url);
  await switchOn(owner, 'greeter');
  for (const text of Object.values(texts)) {
    const visitor = await Visitor.arrive(desk.url);
    await visitor.send(text);
    ids.conversation ||= visitor.conversationId ?? '';
    visitor.leave();
  }
  const operator = await Operator.signIn(desk.url);
  await operator.reply(ids.conversation, 'Yes, up to 16 inches.');
  await operator.reply(ids.conversation, 'Ask Mira about the sleeve', 'note');
  await operator.call('PATCH', `/conversations/${ids.conversation}`, { version: 1, priority: 'urgent', tags: ['packs', 'pre-sales'] });
  operator.leave();
  const [name = '', value = ''] = operator.headers.Cookie?.split('=') ?? [];
  session = { name, value, url: desk.url };
  await furnishHelpCentre();
  await owner('POST', '/api/v1/settings/mail/check', { to: 'somebody@example.com' });
  const body = '# Laptops\n\nUp to **16 inches**.\n\n> [!tip]\n> Measure the bag.\n\n| Bag | Inches |\n| --- | --- |\n| Metro | 16 |';
  ids.article = ((await owner('POST', '/api/v1/articles', { title: 'Which laptops fit', summary: 'Sizes by bag', body, status: 'published', locale: 'en', tags: ['packs'] })).body as { id: string }).id;
  await owner('POST', '/api/v1/articles', { title: texts.de, body: texts.de, audience: 'internal', locale: 'de' });
  await owner('POST', '/api/v1/knowledge-sources', { kind: 'text', name: 'Opening hours', settings: { text: 'Open from nine to five.' } });
  const first = async (path: string) => ((await owner('GET', path)).body as { data: { id: string }[] }).data[0]?.id ?? '';
  [ids.widget, ids.role, ids.mail] = await Promise.all([first('/api/v1/widgets'), first('/api/v1/roles'), first('/api/v1/mail-log')]);
  await fillWidget();
  await fillAssistant();
}

/** An assistant with a rule and hours, a model, and a run of the test bench. */
async function fillAssistant(): Promise<void> {
  await switchOn(owner, 'ai');
  const ai = async (method: string, path: string, body?: unknown) => (await owner(method, `/api/plugins/ai${path}`, body)).body as { id: string; state: string; data: { id: string; escalation: object }[] };
  const assistant = (await ai('GET', '/assistants')).data[0];
  ids.assistant = assistant?.id ?? '';
  const rules = [{ id: 'vip', conditions: [{ field: 'trait', key: 'plan', operator: 'is', value: 'enterprise' }], action: 'hand-over', priority: 'high', tags: ['vip'] }];
  await ai('PATCH', `/assistants/${ids.assistant}`, { name: texts.de, suggestedQuestions: [texts.ar], gate: { answered: 80, escalated: null, grounded: null }, escalation: { ...assistant?.escalation, rules, hours: { isOn: true } } });
  const { id: connectionId } = await ai('POST', '/connections', { name: texts.de, kind: 'openai-compatible', baseUrl: 'https://models.example.com/a-rather-long-address-that-does-not-break/v1', apiKey: 'a-key-of-a-test-1234' });
  await ai('POST', '/models', { connectionId, name: 'Small', model: 'small', inputPrice: 0.4, outputPrice: 1.6 });
  const { data: brands } = (await owner('GET', '/api/v1/brands')).body as { data: { id: string }[] };
  await ai('POST', '/bench/cases', { brandId: brands[0]?.id, locale: 'en', questions: [texts.en], expect: 'no-answer' });
  for (let run = 0; run < 2; run += 1) {
    ids.run = (await ai('POST', '/bench/runs', { assistantId: ids.assistant })).id;
    await eventually('the run is over', async () => (await ai('GET', `/bench/runs/${ids.run}`)).state === 'done');
  }
}

/** Each list of the editor has something in it. */
async function fillWidget(): Promise<void> {
  const path = `/api/v1/widgets/${ids.widget}`;
  const answers = [
    await owner('PATCH', path, {
      name: 'Main site', botName: 'Northwind', welcomeMessage: 'Good to see you!', welcomeMessageByLocale: { de: 'Schön, Sie zu sehen!' },
      conversationButtons: [{ id: 'ask', name: 'Ask a question', description: 'About orders', openingMessage: 'What is on your mind?', priority: 'high' }, { id: 'second', name: 'Second' }],
      selfServiceLinks: [{ id: 'guides', label: 'Guides', type: 'category', target: 'guides' }], externalLinks: [{ label: 'Status', url: 'https://status.example.com' }],
      allowedOrigins: ['https://www.example.com', desk.url], aliases: ['vIbuXmgqfh'],
    }),
    await owner('POST', `${path}/secret`, {}),
    await owner('PUT', `${path}/translations/es`, { texts: { 'dashboard.start': 'Iniciar una conversación' } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 201, expect.toBeOneOf([200, 204])]);
}

/** Opens everything that is folded. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('.chat-part-toggle[aria-expanded="false"]');
  await folded.evaluateAll((toggles) => { for (const toggle of toggles) (toggle as HTMLElement).click(); });
  await soon(() => folded.count()).toBe(0);
}

beforeAll(async () => {
  [desk, empty, browser] = await Promise.all([
    spawnDesk({ PLUGBOARD_PLUGIN_PATH: fixtures }),
    spawnDesk({ NODE_ENV: 'production', PLUGBOARD_ADMIN_EMAIL: '', PLUGBOARD_ADMIN_PASSWORD: '', PLUGBOARD_PLUGINS: '' }),
    launchBrowser(),
  ]);
  await furnish();
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
  await empty?.dispose();
});

interface Screen { name: string; at(): string; isPublic?: boolean; then?(page: Page): Promise<void> }

const admin = (name: string, path: () => string): Screen => ({ name, at: () => `${desk.url}/admin${path()}` });
const helpCentre = (name: string, path: string, at = () => `${desk.url}/portal/support${path}`): Screen => ({ name: `help centre: ${name}`, at, isPublic: true });
const settings = ['profile', 'notifications', 'security', 'general', 'brands', 'channels', 'mail', 'mail-log', 'tools', 'tokens', 'context-keys', 'audit', 'people', 'departments', 'roles'];
const screens: Screen[] = [
  { name: 'sign-in', at: () => `${desk.url}/admin/sign-in`, isPublic: true },
  { name: 'set-up', at: () => /https?:\/\/\S+\/admin\/setup\?token=\S+/.exec(empty.output())?.[0] ?? '', isPublic: true },
  admin('empty inbox', () => '/inbox/snoozed'),
  admin('open conversation', () => `/inbox/all/${ids.conversation}`),
  admin('approvals', () => '/approvals'),
  admin('approvals: history', () => '/approvals/history'),
  admin('articles', () => '/knowledge/articles'),
  admin('an article', () => `/knowledge/articles/${ids.article}`),
  admin('sources of knowledge', () => '/knowledge/sources'),
  {
    ...admin('knowledge tried out', () => '/knowledge/try'),
    then: async (page) => {
      await page.getByRole('searchbox').fill('laptop inches');
      await page.getByRole('searchbox').press('Enter');
      await page.getByText('Up to 16 inches').first().waitFor();
    },
  },
  admin('plugins', () => '/plugins'),
  admin('settings of a plugin', () => '/plugins/greeter/settings'),
  admin('what a plugin may do', () => '/plugins/greeter/may'),
  admin('what a plugin adds', () => '/plugins/chat/adds'),
  admin('health of a plugin', () => '/plugins/greeter/health'),
  ...settings.map((page) => admin(`settings: ${page}`, () => `/settings/${page}`)),
  admin('settings: a role', () => `/settings/roles/${ids.role}`),
  admin('settings: a mail', () => `/settings/mail-log/${ids.mail}`),
  admin('chat widgets', () => '/p/chat/widgets'),
  { ...admin('a chat widget', () => `/p/chat/widgets/${ids.widget}`), then: unfold },
  ...['appearance', 'security', 'translations', 'notifications', 'embed'].map((tab) => admin(`a chat widget: ${tab}`, () => `/p/chat/widgets/${ids.widget}/${tab}`)),
  admin('assistants', () => '/p/ai/assistants'),
  admin('an assistant', () => `/p/ai/assistants/${ids.assistant}`),
  ...['answers', 'gate'].map((tab) => admin(`an assistant: ${tab}`, () => `/p/ai/assistants/${ids.assistant}/${tab}`)),
  {
    ...admin('an assistant: escalation', () => `/p/ai/assistants/${ids.assistant}/escalation`),
    then: async (page) => {
      await page.locator('.ai-rule-head button[aria-expanded="false"]').first().click();
      await page.locator('.ai-rule-body').waitFor();
    },
  },
  ...['models', 'questions', 'bench', 'bench/runs', 'costs'].map((part) => admin(`ai: ${part}`, () => `/p/ai/${part}`)),
  { ...admin('ai: a run', () => `/p/ai/bench/runs/${ids.run}`), then: (page) => page.locator('.ai-result summary').first().click() },
  { name: 'widget', at: () => `${desk.url}/widget/website`, isPublic: true },
  {
    name: 'conversation in the widget', at: () => `${desk.url}/widget/website`, isPublic: true,
    then: async (page) => {
      await page.getByRole('main').getByRole('button').first().click();
      await page.getByRole('textbox').fill(texts.en ?? '');
      await page.getByRole('textbox').press('Enter');
      await page.getByText('Does the pack fit').waitFor();
    },
  },
  { name: 'try-it page', at: () => `${desk.url}/widget/website/preview`, isPublic: true },
  helpCentre('home', '', () => `${desk.url}/`),
  helpCentre('topic', '/categories/packs'),
  helpCentre('article', '/articles/which-pack-fits'),
  helpCentre('search', '/articles?q=laptop'),
];

describe.each(looks)('$locale, $dir, $mode:', ({ locale, dir, mode }) => {
  let visitors: BrowserContext;
  let operators: BrowserContext;

  beforeAll(async () => {
    await owner('PATCH', '/api/v1/session/preferences', { locale, mode });
    // Nothing is measured while it fades in.
    const look = { locale, colorScheme: mode, reducedMotion: 'reduce' } as const;
    [visitors, operators] = await Promise.all([browser.newContext(look), browser.newContext(look)]);
    await operators.addCookies([session]);
    for (const context of [visitors, operators]) context.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await visitors?.close();
    await operators?.close();
  });

  /** A page goes from one screen to the next: a new one for each would begin with a process of its own. */
  const idle = new Map<BrowserContext, { page: Page; said: string[] }[]>();
  async function take(context: BrowserContext): Promise<{ page: Page; said: string[] }> {
    const free = idle.get(context)?.pop();
    if (free) return free;
    const page = await context.newPage();
    return { page, said: watchConsole(page) };
  }

  it.concurrent.each(screens)('$name', async ({ at, isPublic, then }) => {
    const context = isPublic ? visitors : operators;
    const { page, said } = await take(context);
    await page.goto(at(), { waitUntil: 'networkidle' });
    await then?.(page);
    expect(new URL(page.url()).href).toBe(new URL(at()).href);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([locale, dir]);
    expect(await problemsOf(page, locale === 'en' ? 'all' : 'looks')).toEqual([]);
    expect(said).toEqual([]);
    idle.set(context, [...idle.get(context) ?? [], { page, said }]);
  });
});
