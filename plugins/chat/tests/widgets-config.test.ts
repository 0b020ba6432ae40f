import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WidgetDto } from '../server/widget.schema.ts';
import { WidgetDesk } from './widgets-support.ts';

interface Problem { code: string; errors?: { path: string; code: string }[]; widget?: WidgetDto }

describe.each(['sqlite', 'mariadb'] as const)('the configuration of widgets on %s', (engine) => {
  let desk: WidgetDesk;
  beforeAll(async () => { desk = await WidgetDesk.start(engine); });
  afterAll(() => desk.desk.stop());

  test('appearance, security and notifications change field by field', async () => {
    const { id } = await desk.make({ appearance: { position: 'left', buttonTextByLocale: { de: 'Hilfe' } }, notifications: { operators: { isOn: false, template: 'own' } } });
    const { body } = await desk.change(id, {
      appearance: { mode: 'dark', theme: 'contrast' }, security: { requireExp: true }, notifications: { operators: { delaySeconds: 5 }, transcript: { isOn: false } },
    });
    expect(body.appearance).toMatchObject({ mode: 'dark', theme: 'contrast', position: 'left', buttonTextByLocale: { de: 'Hilfe' } });
    expect(body.security).toEqual({ requireAuthentication: false, requireExp: true, codes: 'always' });
    expect(body.notifications).toMatchObject({ operators: { isOn: false, template: 'own', delaySeconds: 5 }, users: { isOn: true, delaySeconds: 60 }, transcript: { isOn: false, template: null } });
  });

  test('of two admins who read the same version the second is told what the first saved', async () => {
    const { id, version } = await desk.make();
    const answers = await Promise.all(['One', 'Two'].map((botName) => desk.change<WidgetDto & Problem>(id, { botName, version })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body;
    const lost = answers.find(({ status }) => status === 409)?.body;
    expect(lost).toMatchObject({ code: 'stale', widget: { id, botName: won?.botName, version: version + 1 } });
    expect((await desk.change(id, { botName: 'Two', version: version + 1 })).body).toMatchObject({ botName: 'Two', version: version + 2 });
  });

  test('changes that name no version all arrive, whatever they meet', async () => {
    const { id, version } = await desk.make();
    const changes = [{ botName: 'Robin' }, { welcomeMessage: 'Hello' }, { appearance: { mode: 'dark' } }, { security: { requireExp: true } }];
    expect((await Promise.all(changes.map((body) => desk.change(id, body)))).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await desk.call('GET', `/api/v1/widgets/${id}`)).body).toMatchObject({
      botName: 'Robin', welcomeMessage: 'Hello', appearance: { mode: 'dark' }, security: { requireExp: true }, version: version + 4,
    });
  });

  test('a widget is found by slug, id, key and the names it had at another desk', async () => {
    const { id, slug, key } = await desk.make({ aliases: ['vIbuXmgqfh', 'app:42'] });
    for (const name of [slug, id, key, 'vIbuXmgqfh', 'app:42']) expect((await desk.config(`widget=${encodeURIComponent(name)}`)).body).toMatchObject({ slug });
    expect((await desk.config('widget=vibuxmgqfh')).status).toBe(404);
    await desk.change(id, { aliases: ['vIbuXmgqfh'] });
    expect((await desk.config('widget=app:42')).status).toBe(404);
    expect((await desk.config('widget=vIbuXmgqfh')).body).toMatchObject({ slug });
    await desk.call('DELETE', `/api/v1/widgets/${id}`);
    expect((await desk.config('widget=vIbuXmgqfh')).status).toBe(404);
    expect(await desk.make({ aliases: ['vIbuXmgqfh'] })).toMatchObject({ aliases: ['vIbuXmgqfh'] });
  });

  test('an alias leads to one widget only, and never past another\'s own name', async () => {
    const one = await desk.make({ aliases: ['shared'] });
    const other = await desk.make();
    expect(await desk.change<Problem>(other.id, { aliases: ['mine', 'shared'] })).toMatchObject({ status: 409, body: { code: 'alias_taken', errors: [{ path: 'aliases.1', code: 'alias_taken' }] } });
    expect(await desk.change<Problem>(other.id, { aliases: [one.slug] })).toMatchObject({ status: 409, body: { code: 'alias_taken' } });
    expect(await desk.change<Problem>(other.id, { slug: 'shared' })).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
    const both = await Promise.all([one, other].map(({ id }) => desk.change(id, { aliases: ['wanted'] })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('icons have to exist, and may be pasted as FontAwesome writes them', async () => {
    const { id } = await desk.make();
    const refused = await desk.change<Problem>(id, { externalLinks: [{ label: 'Site', url: 'https://a.test', icon: 'no-such-icon' }] });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'externalLinks.0.icon', code: 'unknown' }] } });
    expect((await desk.change<Problem>(id, { appearance: { buttonIcon: 'no-such-icon' } })).body.errors).toMatchObject([{ path: 'appearance.buttonIcon' }]);
    expect((await desk.change(id, { appearance: { buttonIcon: 'fa-solid fa-rocket' } })).body.appearance.buttonIcon).toBe('rocket');
    expect((await desk.change(id, { appearance: { buttonIcon: 'github' } })).status).toBe(200);
  });

  test('what a widget had before may stay when it is gone', async () => {
    const { id } = await desk.make();
    const gone = 'a'.repeat(26);
    const config = JSON.stringify({ conversationButtons: [{ id: 'ask', icon: 'icon-of-old', departmentId: gone }] });
    await desk.desk.kernel.db.knex('p_chat_widgets').where({ id }).update({ config });
    const { body } = await desk.call('GET', `/api/v1/widgets/${id}`);
    expect(body.conversationButtons).toMatchObject([{ icon: 'icon-of-old', departmentId: gone }]);
    expect((await desk.change(id, { conversationButtons: body.conversationButtons, botName: 'Robin' })).status).toBe(200);
    expect((await desk.page(body.slug)).config.widget.buttons).toMatchObject([{ icon: { w: 512, h: 512 } }]);
  });

  test('a row from before this version is read with what is new at its default', async () => {
    const { id, brandId } = await desk.make();
    const old = { botName: 'Robin', welcomeMessage: 'Hi', conversationButtons: [{ id: 'ask', icon: 'comment', name: 'Ask', description: '', departmentId: null, priority: 'normal', openingMessage: '' }],
      externalLinks: [{ icon: 'link', label: 'Site', url: 'https://a.test/' }], appearance: { type: 'popup', position: 'right', color: '', buttonIcon: 'comment', buttonText: null, mode: 'system' }, allowedOrigins: [] };
    await desk.desk.kernel.db.knex('p_chat_widgets').where({ id }).update({ config: JSON.stringify(old) });
    expect((await desk.call('GET', `/api/v1/widgets/${id}`)).body).toMatchObject({
      brandId, botName: 'Robin', conversationButtons: [{ name: 'Ask', aiResponses: false, nameByLocale: {} }], externalLinks: [{ label: 'Site', labelByLocale: {} }],
      selfServiceLinks: [], appearance: { theme: 'plugboard' }, security: { requireAuthentication: false }, notifications: { users: { isOn: true } }, aliases: [],
    });
  });

  test('a brand that came later has its first widget once it is asked for, one only, and not again after it was deleted', async () => {
    const { body: brand } = await desk.call<{ id: string }>('POST', '/api/v1/brands', { name: 'Later', slug: 'later' });
    const asked = await Promise.all([1, 2, 3, 4].map((turn) => (turn % 2 ? desk.config('tenant=later') : desk.call('GET', '/api/v1/widgets'))));
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const made = (await desk.list()).filter(({ brandId }) => brandId === brand.id);
    expect(made).toMatchObject([{ slug: 'later-chat', name: 'Later' }]);
    await desk.call('DELETE', `/api/v1/widgets/${made[0]?.id}`);
    expect((await desk.list()).filter(({ brandId }) => brandId === brand.id)).toEqual([]);
    expect((await desk.config('tenant=later')).status).toBe(404);
  });
});
