import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser, personalBrowser } from '../support/browser.ts';
import { ChatDesk, deviceContext, signed } from './chat-desk.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

let desk: ChatDesk;
let browser: Browser;
let secret: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  await desk.change({ notifications: { users: { isOn: false }, operators: { isOn: false } } });
  secret = await desk.secret();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});
afterEach(async () => { for (const context of contexts.splice(0)) await context.close(); });

async function arrive(url: string, device: 'desktop' | 'phone' = 'desktop'): Promise<VisitorPage> {
  const context = await deviceContext(browser, device);
  contexts.push(context);
  return VisitorPage.arrive(context, url);
}
const contactOf = async (text: string) => (await desk.ask<{ contact: { id: string; kind: string; email: string | null; name: string | null } }>('GET', `/conversations/${await desk.conversation(text)}`)).contact;

/** Everything that a document keeps: both storages and the databases of its origin. */
const kept = (place: Page | Frame): Promise<string> => place.evaluate(async () => {
  // A browser that blocks what third parties store gives the frame none: then the page keeps it.
  try { localStorage.length; } catch { return ''; }
  const all: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name ?? '');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('not opened'));
    });
    for (const store of db.objectStoreNames) {
      all.push(await new Promise((resolve) => {
        const reading = db.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => resolve(null);
      }));
    }
    db.close();
  }
  return JSON.stringify(all);
});

const forms = [
  ['the attribute of the script', (token: string) => desk.site({ tag: `<script src="${desk.url}/widget.js" data-tenant="support" data-widget="website" data-user-token="${token}" async></script>` })],
  ['userToken of init', (token: string) => desk.initSite({ userToken: token })],
  ['emailHash of userDetails', (token: string, email: string) => desk.initSite({ userDetails: { email, emailHash: token, firstname: 'Ada', lastname: 'Lovelace' } })],
] as const;

it.each(forms)('a signed token as %s signs its user in before the first word, at a desk and on a phone', async (form, make) => {
  const email = desk.nextEmail();
  const site = await make(signed({ email, ...(form.startsWith('emailHash') ? {} : { name: 'Ada Lovelace' }) }, secret), email);
  for (const device of ['desktop', 'phone'] as const) {
    const visitor = await arrive(site.url, device);
    await visitor.begin();
    await visitor.send(`${form} on a ${device}`);
    expect(await visitor.widget.getByText('Where may we reach you?').count()).toBe(0);
    expect(await visitor.person()).toBe(`Ada Lovelace · ${email}`);
    expect(await contactOf(`${form} on a ${device}`)).toMatchObject({ kind: 'verified', email, name: 'Ada Lovelace' });
    expect(visitor.said).toEqual([]);
  }
  // Both browsers are one person, who sees what was written in the other.
  const back = await arrive(site.url);
  await back.open();
  await soon(() => back.widget.getByRole('region', { name: 'Your conversations' }).getByRole('button').count()).toBe(2);
});

it('what is written while the sign-in is still on its way is kept and sent as the person', async () => {
  const email = desk.nextEmail();
  const context = await deviceContext(browser);
  contexts.push(context);
  let release = () => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  await context.route('**/widget/website/session', async (route) => {
    await held;
    await route.continue();
  });
  const visitor = await VisitorPage.arrive(context, (await desk.initSite({ userToken: signed({ email }, secret) })).url);
  await visitor.begin();
  await visitor.write('Faster than the sign-in');
  await visitor.message('Faster than the sign-in').waitFor();
  release();
  await soon(() => visitor.lastState()).toMatch(/^(Sent|Read) /);
  await soon(() => contactOf('Faster than the sign-in')).toMatchObject({ kind: 'verified', email });
  expect(await visitor.shown(['Faster than the sign-in'])).toEqual(['Faster than the sign-in']);
});

it('a token that has run out is asked for anew, each time the page comes with an old one', async () => {
  const email = desk.nextEmail();
  const old = signed({ email, exp: Math.floor(Date.now() / 1_000) - 5 }, secret);
  const site = await desk.initSite({ userToken: old }, `, getUserToken() { window.asked = (window.asked ?? 0) + 1; return '${signed({ email, exp: Math.floor(Date.now() / 1_000) + 600 }, secret)}'; }`);
  const visitor = await arrive(site.url);
  await visitor.begin();
  await visitor.send('The token was old');
  expect(await contactOf('The token was old')).toMatchObject({ kind: 'verified', email });
  expect(await visitor.page.evaluate('[asked, heard.filter(([name]) => /error/.test(name))]')).toEqual([1, []]);
  await visitor.reload();
  await visitor.open();
  await visitor.resume();
  await visitor.send('And still signed in');
  expect(await visitor.page.evaluate('heard.filter(([name]) => /error/.test(name))')).toEqual([]);
  expect(await visitor.person()).toContain(email);
});

it.each([
  ['with another secret', (email: string) => signed({ email }, 'another secret of somebody else, long enough to be one'), 'signature'],
  ['by nobody', (email: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ email })).toString('base64url')}.`, 'signature'],
  ['too long ago', (email: string) => signed({ email, exp: 1_000_000 }, secret), 'expired'],
])('a token signed %s is told to the page, and the chat goes on without a name', async (name, make, reason) => {
  const email = desk.nextEmail();
  const visitor = await arrive((await desk.initSite({ userToken: make(email) })).url);
  await soon(() => visitor.page.evaluate('heard')).toEqual([['identity:error', { code: 'identity_invalid', reason }]]);
  await visitor.begin();
  await visitor.send(`forged ${name}`);
  expect(await contactOf(`forged ${name}`)).toMatchObject({ kind: 'anonymous', email: null });
  expect(await visitor.person()).toBe('');
});

it.each([
  ['that blocks storage of third parties', () => deviceContext(browser)],
  ['with storage for the frame', personalBrowser],
])('a shared computer with a browser %s: after shutdown and the sign-in of another one, nothing of the first is left anywhere', async (name, open) => {
  const [first, second] = [desk.nextEmail(), desk.nextEmail()];
  const context = await open();
  contexts.push(context);
  const visitor = await VisitorPage.arrive(context, (await desk.initSite({ userToken: signed({ email: first, name: 'Zenobia First' }, secret) })).url);
  await visitor.begin();
  await visitor.send(`Confidential: zebra ${name}`);
  await desk.reply(await desk.conversation(`Confidential: zebra ${name}`), 'Answer about the zebra');
  await visitor.message('Answer about the zebra').waitFor();
  await visitor.box.fill('A draft about the zebra');
  const secrets = new RegExp(`zebra|Zenobia|${first.replace(/\W/g, '\\$&')}`, 'i');
  expect(await kept(visitor.widget) + await kept(visitor.page)).toMatch(secrets);

  await visitor.page.evaluate('Plugboard.shutdown()');
  await soon(async () => await kept(visitor.widget) + await kept(visitor.page)).not.toMatch(secrets);
  const before = visitor.frames.length;
  await visitor.page.evaluate((token) => (window as unknown as { Plugboard: { update(options: unknown): void } }).Plugboard.update({ userToken: token }), signed({ email: second, name: 'Bo' }, secret));
  await visitor.open();
  await soon(() => visitor.person()).toBe(`Bo · ${second}`);
  expect(await visitor.widget.getByRole('region', { name: 'Your conversations' }).count()).toBe(0);
  await visitor.widget.getByRole('button', { name: 'Send us a message' }).click();
  await visitor.box.waitFor();
  expect(await visitor.box.textContent()).toBe('');
  await visitor.send(`I am somebody else, ${name}`);
  expect(await contactOf(`I am somebody else, ${name}`)).toMatchObject({ email: second });
  for (const place of [visitor.page, visitor.widget]) {
    expect(await place.content()).not.toMatch(secrets);
    expect(await kept(place)).not.toMatch(secrets);
  }
  expect(visitor.frames.slice(before).filter((frame) => secrets.test(frame))).toEqual([]);
});

it('what was written before the sign-in comes along to the person, and is there in their next browser', async () => {
  const email = desk.nextEmail();
  const user = signed({ user_id: 'u_merge', email, name: 'Ines' }, secret);
  const visitor = await arrive((await desk.initSite({})).url);
  await visitor.begin();
  await visitor.send('Nobody knows me yet');
  const anonymous = await contactOf('Nobody knows me yet');
  expect(anonymous.kind).toBe('anonymous');
  await visitor.page.evaluate((token) => (window as unknown as { Plugboard: { identify(id: string, traits: unknown, proof: unknown): void } }).Plugboard.identify('u_merge', {}, { userToken: token }), user);
  await soon(() => contactOf('Nobody knows me yet')).toMatchObject({ kind: 'verified', email });
  await visitor.message('Nobody knows me yet').waitFor();
  await visitor.send('Now you do');
  await soon(() => visitor.shown(['Nobody knows me yet', 'Now you do'])).toEqual(['Nobody knows me yet', 'Now you do']);

  const other = await arrive((await desk.initSite({ userToken: user })).url, 'phone');
  await other.open();
  await other.resume();
  await soon(() => other.shown(['Nobody knows me yet', 'Now you do'])).toEqual(['Nobody knows me yet', 'Now you do']);
});
