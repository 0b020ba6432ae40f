import { manifestSchema } from '@plugboard/sdk';
import { expect, it } from 'vitest';
import { forEachDatabase } from '../../../tests/support/databases.ts';
import { createLocalBus } from '../bus/create-bus.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import { createSettings } from '../settings/create-settings.ts';
import { PluginSettings } from './plugin-settings.ts';

const manifest = manifestSchema.parse({
  id: 'crm-sync', version: '1.0.0', api: 1, name: 'n', description: 'd', category: 'integration', engines: { plugboard: '*' },
  settings: [
    { key: 'baseUrl', type: 'url', label: 'l', default: 'https://api.crm.test', clears: ['apiKey'] },
    { key: 'apiKey', type: 'secret', label: 'l' },
    { key: 'greeting', type: 'text', label: 'l', scope: 'brand', default: 'Hello', max: 20 },
    { key: 'limit', type: 'number', label: 'l', min: 1, max: 9, default: 3 },
    { key: 'mode', type: 'select', label: 'l', default: 'off', options: [{ value: 'off', label: 'l' }, { value: 'on', label: 'l' }] },
    { key: 'note', type: 'text', label: 'l', required: true, default: 'x', showIf: { key: 'mode', equals: 'on' } },
  ],
});

forEachDatabase('PluginSettings', (make) => {
  const start = async (environment: Record<string, string> = {}) => {
    const { db, log, config } = await make();
    const kept = createSettings({ db, bus: createLocalBus(log), log });
    const settings = new PluginSettings({ settings: kept, secrets: createSecrets({ config }), environment, log });
    const stored = async () => JSON.stringify(await db.knex('settings').select('*'));
    const present = async (brand = 0) => (await settings.present(manifest, brand, null, [])).values;
    return { settings, stored, present };
  };

  it('gives a secret to the plugin and to nobody else', async () => {
    const { settings, stored, present } = await start();
    await settings.write(manifest, { apiKey: 'sk_live_0123456789abcd' });
    expect((await settings.values(manifest)).apiKey).toBe('sk_live_0123456789abcd');
    expect((await present()).apiKey).toEqual({ set: true, last4: 'abcd', updatedAt: expect.any(String) });
    expect(await stored()).not.toContain('sk_live');
    await settings.write(manifest, { apiKey: 'short' });
    expect((await present()).apiKey).toMatchObject({ set: true, last4: null });
    await settings.write(manifest, { apiKey: (await present()).apiKey, limit: 4 });
    expect((await settings.values(manifest)).apiKey).toBe('short');
    await settings.write(manifest, { apiKey: '' });
    expect((await present()).apiKey).toEqual({ set: false, last4: null, updatedAt: null });
  });

  it('clears the secret of an endpoint that changes, on saving and on checking', async () => {
    const { settings } = await start();
    await settings.write(manifest, { apiKey: 'key-of-the-first-server' });
    expect((await settings.unsaved(manifest, { baseUrl: 'https://evil.test' })).apiKey).toBeUndefined();
    expect((await settings.unsaved(manifest, { limit: 2 })).apiKey).toBe('key-of-the-first-server');
    await settings.write(manifest, { baseUrl: 'https://evil.test' });
    expect((await settings.values(manifest)).apiKey).toBeUndefined();
    await settings.write(manifest, { baseUrl: 'https://other.test', apiKey: 'given-with-it' });
    expect((await settings.values(manifest)).apiKey).toBe('given-with-it');
  });

  it('lets a brand have its own value and falls back to the desk', async () => {
    const { settings } = await start();
    await settings.write(manifest, { greeting: 'Hi' });
    await settings.write(manifest, { greeting: 'Servus' }, 7);
    expect((await settings.values(manifest, 7)).greeting).toBe('Servus');
    expect((await settings.values(manifest, 8)).greeting).toBe('Hi');
    await settings.write(manifest, { greeting: null }, 7);
    expect((await settings.values(manifest, 7)).greeting).toBe('Hi');
    await expect(settings.write(manifest, { limit: 2 }, 7)).rejects.toMatchObject({ details: { errors: [{ path: 'limit', code: 'not_for_brands' }] } });
  });

  it('locks what the environment says, and says no to what does not fit', async () => {
    const { settings } = await start({ PLUGIN_CRM_SYNC_API_KEY: 'from-outside', PLUGIN_CRM_SYNC_LIMIT: '5', PLUGIN_CRM_SYNC_MODE: 'sideways' });
    const { values, locked } = await settings.present(manifest, 0, null, []);
    expect(locked).toEqual(['apiKey', 'limit']);
    expect(values).toMatchObject({ apiKey: { set: true, last4: null }, limit: 5, mode: 'off' });
    await settings.write(manifest, { limit: 2 });
    expect(await settings.values(manifest)).toMatchObject({ limit: 5, apiKey: 'from-outside' });
  });

  it.each([
    [{ limit: 99 }, 'limit'], [{ limit: '3' }, 'limit'], [{ greeting: 'x'.repeat(21) }, 'greeting'], [{ mode: 'sideways' }, 'mode'], [{ baseUrl: 'javascript:alert(1)' }, 'baseUrl'],
    [{ other: 1 }, 'other'], [{ mode: 'on', note: '' }, 'note'],
  ])('refuses %j', async (values, path) => {
    const { settings } = await start();
    await expect(settings.write(manifest, values)).rejects.toMatchObject({ status: 400, details: { errors: [{ path }] } });
  });
});
