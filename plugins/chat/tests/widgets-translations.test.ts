import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WidgetDesk } from './widgets-support.ts';

interface Entry { key: string; english: string; shipped: string | null; own: string | null; placeholders: string[] }
interface Texts { locale: string; dir: string; entries: Entry[] }
interface Locales { locales: { locale: string; isShipped: boolean; ownCount: number; missingCount: number }[] }
interface Problem { code: string; errors: { path: string; code: string }[] }

describe.each(['sqlite', 'mariadb'] as const)('texts of a widget on %s', (engine) => {
  let desk: WidgetDesk;
  beforeAll(async () => { desk = await WidgetDesk.start(engine); });
  afterAll(() => desk.desk.stop());

  const at = (id: string, locale: string) => `/api/v1/widgets/${id}/translations/${locale}`;
  const put = <T = Texts>(id: string, locale: string, texts: Record<string, string | null>) => desk.call<T>('PUT', at(id, locale), { texts });
  const read = async (id: string, locale: string) => (await desk.call<Texts>('GET', at(id, locale))).body;
  const entry = (texts: Texts, key: string) => texts.entries.find((one) => one.key === key);

  test('each text is there with what is shipped, what is own, and what must be kept', async () => {
    const { id } = await desk.make();
    const german = await read(id, 'de');
    expect(german).toMatchObject({ locale: 'de', dir: 'ltr' });
    expect(entry(german, 'launcher.title')).toEqual({ key: 'launcher.title', english: 'Chat with {{brand}}', shipped: expect.stringContaining('{{brand}}') as string, own: null, placeholders: ['{{brand}}'] });
    expect(german.entries.every(({ shipped, english }) => shipped !== null && english !== '')).toBe(true);
    expect(await read(id, 'ar')).toMatchObject({ dir: 'rtl' });
    expect(entry(await read(id, 'ar'), 'dashboard.unread_few')).toMatchObject({ english: '{{count}} unread messages', shipped: expect.any(String) as string });
  });

  test('a language that is not shipped has its own plural forms, and every text missing', async () => {
    const { id } = await desk.make();
    const forms = async (locale: string) => (await read(id, locale)).entries.map(({ key }) => key).filter((key) => key.startsWith('dashboard.unread_'));
    expect((await forms('pl')).sort()).toEqual(['few', 'many', 'one', 'other'].map((form) => `dashboard.unread_${form}`));
    expect(await forms('ja')).toEqual(['dashboard.unread_other']);
    expect((await read(id, 'es')).entries.every(({ shipped, own }) => shipped === null && own === null)).toBe(true);
  });

  test('own texts stand over shipped ones, for the launcher and in the widget', async () => {
    const { id, slug } = await desk.make();
    expect((await put(id, 'de', { 'launcher.open': 'Schreib uns', 'dashboard.start': 'Los geht\u2019s' })).status).toBe(200);
    expect((await desk.config(`widget=${slug}&locale=de`)).body).toMatchObject({ texts: { open: 'Schreib uns' } });
    expect((await desk.page(slug, '?locale=de')).config.texts).toMatchObject({ 'dashboard.start': 'Los geht\u2019s', 'header.back': 'Zurück' });
    expect((await desk.page(slug, '?locale=en')).config.texts['dashboard.start']).toBe('Start a conversation');
    await put(id, 'de', { 'launcher.open': null });
    expect((await desk.config(`widget=${slug}&locale=de`)).body).toMatchObject({ texts: { open: 'Chat öffnen' } });
    expect((await desk.page(slug, '?locale=de')).config.texts['dashboard.start']).toBe('Los geht\u2019s');
    expect((await desk.call('DELETE', at(id, 'de'))).status).toBe(204);
    expect((await desk.page(slug, '?locale=de')).config.texts['dashboard.start']).toBe('Unterhaltung beginnen');
  });

  test('a language of the widget\'s own: chosen by the browser, and where it says nothing own English stands in', async () => {
    const { id, slug } = await desk.make();
    expect((await desk.config(`widget=${slug}`, { 'accept-language': 'es-MX, es;q=0.9' })).body).toMatchObject({ locale: 'en' });
    await put(id, 'es', { 'launcher.open': 'Abrir el chat' });
    await put(id, 'en', { 'launcher.close': 'Done', 'dashboard.start': 'Talk to us' });
    expect((await desk.config(`widget=${slug}`, { 'accept-language': 'es-MX, es;q=0.9' })).body).toMatchObject({ locale: 'es', dir: 'ltr', texts: { open: 'Abrir el chat', close: 'Done' } });
    const { config } = await desk.page(slug, '?locale=es');
    expect(config).toMatchObject({ locale: 'es', texts: { 'dashboard.start': 'Talk to us', 'header.back': 'Back' } });
    expect((await desk.page(slug, '?locale=de')).config.texts['dashboard.start']).not.toBe('Talk to us');
    await put(id, 'he', { 'launcher.open': 'פתיחת הצ\u05f3אט' });
    expect((await desk.page(slug, '?locale=he')).html).toContain('<html lang="he" dir="rtl"');
    const { locales } = (await desk.call<Locales>('GET', `/api/v1/widgets/${id}/translations`)).body;
    expect(locales.find(({ locale }) => locale === 'de')).toEqual({ locale: 'de', isShipped: true, ownCount: 0, missingCount: 0 });
    const spanish = locales.find(({ locale }) => locale === 'es');
    expect(spanish).toMatchObject({ isShipped: false, ownCount: 1 });
    expect(spanish?.missingCount).toBe((await read(id, 'es')).entries.length - 1);
    expect((await desk.config('widget=website', { 'accept-language': 'es' })).body).toMatchObject({ locale: 'en' });
  });

  test('a text that loses or invents a placeholder is refused, each by its key, and nothing of the save stays', async () => {
    const { id } = await desk.make();
    const refused = await put<Problem>(id, 'de', { 'launcher.title': 'Chat', 'launcher.open': 'Öffnen, {{name}}', 'launcher.close': 'Zu :person hin', 'header.back': 'Fort', 'no.such': 'x' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(refused.body.errors.map(({ path, code }) => [path, code])).toEqual([
      ['texts.launcher.title', 'placeholder_missing'], ['texts.launcher.open', 'placeholder_unknown'], ['texts.launcher.close', 'placeholder_unknown'], ['texts.no.such', 'unknown_key'],
    ]);
    expect((await read(id, 'de')).entries.every(({ own }) => own === null)).toBe(true);
    expect((await put(id, 'de', { 'dashboard.unread_one': 'Eine neue Nachricht', 'launcher.title': 'Plausch mit {{ brand }}: jetzt' })).status).toBe(200);
    expect(entry(await read(id, 'de'), 'launcher.title')?.own).toBe('Plausch mit {{brand}}: jetzt');
    expect((await put<Problem>(id, 'de', { 'dashboard.unread_other': 'Neue Nachrichten' })).body.errors).toMatchObject([{ code: 'placeholder_missing' }]);
  });

  test('texts are short and hold no NUL; one that says what is shipped is none', async () => {
    const { id } = await desk.make();
    expect((await put(id, 'de', { 'header.back': 'x'.repeat(1_001) })).status).toBe(400);
    const saved = (await put(id, 'de', { 'header.back': ' a\u0000b ', 'launcher.open': 'Chat öffnen', 'header.close': '' })).body;
    expect(['header.back', 'launcher.open', 'header.close'].map((key) => entry(saved, key)?.own)).toEqual(['ab', null, null]);
    expect((await desk.call('GET', at(id, 'not a locale'))).status).toBe(404);
    expect((await desk.call('GET', at(id, 'zz-'))).status).toBe(404);
  });

  test('two people who translate at once lose nothing of each other', async () => {
    const { id } = await desk.make();
    const keys = ['header.back', 'header.close', 'menu.label', 'menu.sound', 'composer.send', 'composer.emoji'];
    expect((await Promise.all(keys.map((key) => put(id, 'de', { [key]: `eigen ${key}` })))).map(({ status }) => status)).toEqual(keys.map(() => 200));
    const texts = await read(id, 'de');
    expect(keys.map((key) => entry(texts, key)?.own)).toEqual(keys.map((key) => `eigen ${key}`));
  });

  test('a widget\'s texts are gone with it', async () => {
    const { id } = await desk.make();
    await put(id, 'de', { 'header.back': 'Fort' });
    await desk.call('DELETE', `/api/v1/widgets/${id}`);
    expect(await desk.desk.kernel.db.knex('p_chat_texts').where({ widget_id: id })).toEqual([]);
    expect((await put(id, 'de', { 'header.back': 'Fort' })).status).toBe(404);
  });
});
