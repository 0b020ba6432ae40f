import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundIcon } from '../server/icons.ts';
import { WidgetDesk } from './widgets-support.ts';

let desk: WidgetDesk;
beforeAll(async () => { desk = await WidgetDesk.start(); });
afterAll(() => desk.desk.stop());

const full = {
  botName: 'Robin', welcomeMessage: 'Welcome', welcomeMessageByLocale: { de: 'Willkommen', 'pt-BR': 'Oi' },
  conversationButtons: [
    { id: 'sales', icon: 'tag', name: 'Sales', nameByLocale: { de: 'Vertrieb' }, openingMessage: 'Hi', openingMessageByLocale: { de: 'Moin', ar: '' } },
    { id: 'plain', icon: null },
  ],
  selfServiceLinks: [
    { id: 'home', type: 'home', label: 'Help', labelByLocale: { de: 'Hilfe' } }, { id: 'cat', type: 'category', target: 'billing', label: 'Billing' },
    { id: 'art', icon: null, type: 'article', target: 'refunds', label: 'Refunds' },
  ],
  externalLinks: [{ id: 'site', icon: 'github', label: 'Code', labelByLocale: { ar: 'الشيفرة' }, url: 'https://github.com/acme' }],
  appearance: { type: 'sidebar', position: 'left', color: '#123456', buttonIcon: 'headset', buttonText: 'Help', buttonTextByLocale: { de: 'Hilfe' }, mode: 'dark', theme: 'contrast' },
  security: { requireAuthentication: true }, notifications: { transcript: { isOn: false, template: null } },
};

test('the pages get each text in their language, drawings for icons, and the portal\'s addresses', async () => {
  const { slug } = await desk.make(full);
  const { body: german } = await desk.config(`widget=${slug}&locale=de-AT`);
  expect(german).toMatchObject({ locale: 'de', text: 'Hilfe', position: 'left', type: 'sidebar', mode: 'dark', color: '#123456', icon: { w: expect.any(Number) as number, h: 512, d: expect.stringMatching(/^M/) as string } });
  const { config, html } = await desk.page(slug, '?locale=de');
  expect(config.widget).toMatchObject({
    brandSlug: expect.any(String) as string, welcomeMessage: 'Willkommen', theme: 'contrast', position: 'left', requiresAuthentication: true, hasTranscript: false,
    buttons: [{ name: 'Vertrieb', openingMessage: 'Moin' }, { name: '', icon: null }],
    selfServiceLinks: [{ label: 'Hilfe' }, { label: 'Billing' }, { label: 'Refunds', icon: null }], externalLinks: [{ label: 'Code', url: 'https://github.com/acme' }],
  });
  const portal = `${desk.desk.kernel.config.publicUrl}/portal/${config.widget.brandSlug as string}`;
  expect((config.widget.selfServiceLinks as { url: string }[]).map(({ url }) => url)).toEqual([portal, `${portal}/categories/billing`, `${portal}/articles/refunds`]);
  expect(config.widget.articlesUrl).toBe(`${portal}/articles`);
  expect(html).toContain('data-theme="contrast" data-mode="dark"');
  const arabic = await desk.page(slug, '?locale=ar');
  expect(arabic.config.widget).toMatchObject({ welcomeMessage: 'Welcome', buttons: [{ openingMessage: 'Hi' }, {}], externalLinks: [{ label: 'الشيفرة' }] });
  expect((await desk.config(`widget=${slug}&locale=en`)).body.text).toBe('Help');
});

test('what an admin sees before saving is what visitors get afterwards', async () => {
  const { id, slug } = await desk.make();
  const own = { 'launcher.open': 'Schreib uns', 'dashboard.start': 'Los' };
  const draft = await desk.call<{ launcher: unknown; app: unknown }>('POST', `/api/v1/widgets/${id}/preview`, { draft: full, locale: 'de', texts: own });
  expect(draft.status).toBe(200);
  expect((await desk.page(slug, '?locale=de')).config).not.toEqual(draft.body.app);
  expect((await desk.call('PATCH', `/api/v1/widgets/${id}`, full)).status).toBe(200);
  await desk.call('PUT', `/api/v1/widgets/${id}/translations/de`, { texts: own });
  expect((await desk.page(slug, '?locale=de')).config).toEqual(draft.body.app);
  expect((await desk.config(`widget=${slug}&locale=de`)).body).toEqual(draft.body.launcher);
});

test('a preview shows a language before it has a single text, and an icon that is half typed', async () => {
  const { id } = await desk.make();
  const { body } = await desk.call<{ app: { locale: string }; launcher: { icon: unknown } }>('POST', `/api/v1/widgets/${id}/preview`, { locale: 'es', draft: { appearance: { buttonIcon: 'rock' } } });
  expect(body).toMatchObject({ app: { locale: 'es' }, launcher: { icon: { w: 512, h: 512 } } });
  expect((await desk.call('POST', `/api/v1/widgets/${id}/preview`, { draft: { appearance: { color: 'red' } } })).status).toBe(400);
  expect((await desk.call('GET', `/api/v1/widgets/${id}`)).body.appearance.buttonIcon).toBe('comment');
  expect((await fetch(`${desk.desk.url}/api/v1/widgets/${id}/preview`, { method: 'POST' })).status).toBe(401);
});

test('only the desk itself frames the live preview, whatever the widget allows', async () => {
  const { slug } = await desk.make({ allowedOrigins: ['https://shop.example.com'] });
  const live = await fetch(`${desk.desk.url}/widget/${slug}/live`);
  expect(live.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
  expect(live.headers.get('x-robots-tag')).toBe('noindex');
  expect((await desk.page(slug, '?preview=1')).policy).toMatch(/frame-ancestors 'self'$/);
  expect((await desk.page(slug)).policy).toMatch(/frame-ancestors 'self' https:\/\/shop\.example\.com$/);
});

test('icons are found by name, older name and what they are for, and kept by the browser', async () => {
  const search = async (query: string, headers = {}) => desk.call<{ data: FoundIcon[] }>('GET', `/api/v1/widgets/icons?${query}`, undefined, headers);
  const found = await search('q=delivery&limit=5');
  expect(found.body.data[0]).toMatchObject({ name: 'truck', style: 'solid', w: 576, h: 512 });
  expect((await search('q=money')).body.data.length).toBeGreaterThan(5);
  expect((await search('q=github')).body.data[0]).toMatchObject({ name: 'github', style: 'brands' });
  expect((await search('limit=10')).body.data).toHaveLength(10);
  expect((await search('q=zzzz')).body.data).toEqual([]);
  expect((await search('limit=0')).status).toBe(400);
  expect((await search('q=delivery&limit=5', { 'if-none-match': found.headers.get('etag') ?? '' })).status).toBe(304);
  expect((await fetch(`${desk.desk.url}/api/v1/widgets/icons`)).status).toBe(401);
});

test('pages made for another chat get its stand-in, checked again each five minutes', async () => {
  for (const path of ['/widget/compat/supportpal.js', '/widget/compat/halo.js', '/widget/compat/chatwoot.js', '/widget/compat/intercom.js', '/packs/js/sdk.js']) {
    const response = await fetch(desk.desk.url + path);
    expect([path, response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('cross-origin-resource-policy')])
      .toEqual([path, 200, 'text/javascript; charset=utf-8', 'public, max-age=300', 'cross-origin']);
    expect((await fetch(desk.desk.url + path, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })).status).toBe(304);
  }
  expect((await fetch(`${desk.desk.url}/widget/compat/other.js`)).status).toBe(404);
  expect((await desk.call('POST', '/api/v1/widgets', { name: 'X', brandId: (await desk.first()).brandId, slug: 'compat' })).status).toBe(400);
});
