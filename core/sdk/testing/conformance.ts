import { manifestSchema, type PluginDefinition, type PluginManifest } from '../index.ts';
import { createTestHost, type TestHostOptions } from './create-test-host.ts';
import { readLocales, readMails, readSources } from './plugin-files.ts';

/** One thing that every plugin must hold. Give `name` and `run` to the test runner of your choice. */
export interface ConformanceCheck { name: string; run(): Promise<void> }
export interface ConformanceOptions<M extends PluginManifest> extends Omit<TestHostOptions<M>, 'plugin'> {
  /** Folder of the plugin: with it texts and permissions are checked too. */
  dir?: string;
}

/** What in the sources shows that a permission is used. */
const signs: Record<string, RegExp> = {
  'db:own': /\bdb\b/, 'email:send': /emails\.send/, 'ai:use': /\bmodels\b/, realtime: /realtime/, contacts: /contacts|identity/, conversations: /conversations/, files: /files|upload/,
  messages: /messages|channels|assistants|receive/, brands: /brands/, departments: /departments/, operators: /operators/,
};

/** `for (const check of conformance(plugin, { dir })) it(check.name, check.run)` */
export function conformance<M extends PluginManifest>(plugin: PluginDefinition<M>, options: ConformanceOptions<M> = {}): ConformanceCheck[] {
  const { dir, ...host } = options;
  const start = (more: Partial<TestHostOptions<M>> = {}) => createTestHost({ ...host, ...more, plugin });
  const checks: ConformanceCheck[] = [
    { name: 'the manifest is valid', run: async () => void manifestSchema.parse(plugin.manifest) },
    { name: 'set-up and disposal, twice, leave nothing behind', run: () => leavesNothing(start) },
    { name: 'sets up with empty settings', run: async () => { await (await start({ settings: {} })).dispose(); } },
    { name: 'an upstream that answers 500 is told, not thrown', run: () => survives(start, () => ({ status: 500, body: 'oops' })) },
    { name: 'an upstream that cannot be reached is told, not thrown', run: () => survives(start, () => { throw new Error('timeout'); }) },
    { name: 'routes stay within the manifest', run: () => routesFit(plugin, start) },
  ];
  if (dir === undefined) return checks;
  return [
    ...checks,
    { name: 'every text is translated', run: () => textsAreThere(plugin, dir) },
    { name: 'every permission is used', run: () => permissionsAreUsed(plugin, dir) },
    { name: 'every mail is written in each language', run: () => mailsAreWritten(start, dir) },
  ];
}

type Start = (more?: object) => ReturnType<typeof createTestHost>;
type AnyPlugin = { manifest: PluginManifest };

function assert(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate' || name.includes('Wrap')).length;

async function leavesNothing(start: Start): Promise<void> {
  const before = timers();
  for (let round = 0; round < 2; round += 1) {
    const host = await start();
    await host.dispose();
    assert(host.registered.size() === 0, `${host.registered.size()} registrations are left`);
  }
  assert(timers() <= before, 'timers or sockets are left: end them in ctx.onDispose');
}

async function survives(start: Start, http: TestHostOptions<PluginManifest>['http']): Promise<void> {
  const host = await start({ http });
  const check = await host.checkSettings({});
  assert(typeof check.ok === 'boolean', 'checkSettings answers { ok }');
  assert(check.ok || typeof check.message === 'string', 'a failed check says why');
  await host.dispose();
}

async function routesFit(plugin: AnyPlugin, start: Start): Promise<void> {
  const manifest = manifestSchema.parse(plugin.manifest);
  const host = await start();
  for (const { method, path, claim, access } of host.registered.routes) {
    const name = `${method} ${claim ?? ''}${path}`;
    assert(claim === undefined || manifest.claims.some((known) => known.path === claim), `${name}: ${String(claim)} is no claim`);
    assert(typeof access !== 'object' || !('ability' in access) || manifest.abilities.some((known) => known.id === access.ability), `${name}: its ability is not in the manifest`);
  }
  await host.dispose();
}

async function textsAreThere(plugin: AnyPlugin, dir: string): Promise<void> {
  const manifest = manifestSchema.parse(plugin.manifest);
  const locales = await readLocales(dir);
  const english = locales.get('en') ?? new Set<string>();
  const needed = [
    manifest.name, manifest.description, ...manifest.abilities.map(({ label }) => label), ...manifest.tools.map(({ label }) => label),
    ...manifest.settings.flatMap((field) => [field.label, field.help, field.group, ...(field.options ?? []).map(({ label }) => label)]),
    ...manifest.claims.map(({ offText }) => offText),
  ].filter((key) => key !== undefined);
  for (const key of needed) assert(english.has(key), `locales/en.json has no ${key}`);
  for (const [locale, keys] of locales) {
    const missing = [...english].filter((key) => !keys.has(key) && !/_(zero|one|two|few|many|other)$/.test(key));
    assert(missing.length === 0, `locales/${locale}.json has no ${missing.join(', ')}`);
  }
}

/** What stands in the texts is checked by the desk, when the template is registered there. */
async function mailsAreWritten(start: Start, dir: string): Promise<void> {
  const host = await start();
  const languages = [...(await readLocales(dir)).keys()];
  for (const id of host.registered.templates.keys()) {
    const mails = await readMails(dir, id);
    for (const language of new Set(['en', ...languages])) assert(mails.has(language), `emails/${id}/${language}.md is not there`);
    for (const [language, text] of mails) assert(/^\uFEFF?Subject:[ \t]*\S.*\r?\n[ \t]*\r?\n[\s\S]*\S/.test(text), `emails/${id}/${language}.md begins with no "Subject: …" and an empty line`);
  }
  await host.dispose();
}

async function permissionsAreUsed(plugin: AnyPlugin, dir: string): Promise<void> {
  const sources = await readSources(dir);
  for (const permission of manifestSchema.parse(plugin.manifest).permissions) {
    const sign = permission.startsWith('http:') ? /http\b/ : signs[permission] ?? signs[permission.split(':')[0] ?? ''];
    assert(sign === undefined || sign.test(sources), `nothing in the sources uses ${permission}`);
  }
}
