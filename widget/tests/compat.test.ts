import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import { pretendDesk, PretendFrame } from './pretend-desk.ts';
import type { PretendDesk } from './pretend-desk.ts';
import { chatDesk, Operator } from './visitor.ts';

let desk: PretendDesk;
let browser: Browser;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => { [desk, browser] = await Promise.all([pretendDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser.close();
  await desk.close();
});
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

/** A page as it was made for another desk: only the address of the script is ours. */
async function open(snippet: string): Promise<{ page: Page; said: string[] }> {
  const site = await foreignSite(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"></head><body><h1>A shop</h1>
    <script>window.seen = []; for (const name of ['plugboard:ready', 'chatwoot:ready', 'chatwoot:opened', 'chatwoot:closed', 'chatwoot:on-message']) addEventListener(name, () => seen.push(name));</script>
    ${snippet}</body></html>`);
  const page = await browser.newPage({ locale: 'en-US' });
  closers.push(site.close, () => page.close());
  const said = watchConsole(page);
  await page.goto(site.url);
  await page.waitForFunction('seen.includes("plugboard:ready")');
  return { page, said };
}

const asked = () => desk.asked.findLast((path) => path.startsWith('/api'));
const calls = async (frame: PretendFrame) => (await frame.calls()).map(({ name, args }) => [name, ...args.filter((value) => value !== null)]);

test('SupportPal', async () => {
  const { page, said } = await open(`<script>
    window.supportpalAsyncInit = function () {
      SupportPal.init({ baseURL: "https://support.domain.com/en/chat", hash: "vIbuXmgqfh", userDetails: { email: "john@doe.example", emailHash: "a.b.c", firstname: "John", lastname: "Doe" } });
    };
    (function (d, s, id) {
      var js, spjs = d.getElementsByTagName(s)[0];
      if (d.getElementById(id)) return;
      js = d.createElement(s); js.id = id; js.src = "${desk.url}/widget/compat/supportpal.js";
      spjs.parentNode.insertBefore(js, spjs);
    }(document, 'script', 'supportpal-jssdk'));
  </script>`);
  expect(asked()).toBe('/api/sdk/config?widget=vIbuXmgqfh');
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.heard('options')).options).toMatchObject({ userDetails: { email: 'john@doe.example', emailHash: 'a.b.c', firstname: 'John', lastname: 'Doe' } });
  await page.evaluate('SupportPal.open()');
  await expect.poll(async () => (await frame.heard('visible')).isOpen).toBe(true);
  expect(said).toEqual([]);
});

test('Halo', async () => {
  const { page, said } = await open(`<script>window.HaloAgents = window.HaloAgents || function () { (HaloAgents.q = HaloAgents.q || []).push(arguments) };
    HaloAgents('init', { orgId: '6d7f1c1e-0000-4000-8000-000000000000', apiKey: 'ab_live_123', ui: { greeting: 'Hello' } });
    HaloAgents('identify', 'u_1', { email: 'a@b.example' });</script>
    <script async src="${desk.url}/widget/compat/halo.js"></script>`);
  expect(asked()).toBe('/api/sdk/config?widget=ab_live_123');
  const frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate(`HaloAgents.setContext('sync', { label: 'Sync', type: 'error', value: 'failed' }); HaloAgents.identify({ userId: 'u_2', userToken: 'a.b.c', plan: 'pro' }); HaloAgents.open(); 0`);
  await expect.poll(() => calls(frame)).toEqual([
    ['identify', 'u_1', { email: 'a@b.example' }], ['setContext', 'sync', { label: 'Sync', type: 'error', value: 'failed' }], ['identify', 'u_2', { plan: 'pro' }, { userToken: 'a.b.c' }],
  ]);
  expect((await frame.heard('options')).options).toMatchObject({ greeting: 'Hello' });
  expect(await frame.heard('visible')).toMatchObject({ isOpen: true });
  expect(said).toEqual([]);
});

test('Chatwoot', async () => {
  const { page, said } = await open(`<script>
    window.chatwootSettings = { position: "left", type: "standard", launcherTitle: "Chat with us", locale: "de", darkMode: "auto" };
    window.addEventListener("chatwoot:ready", function () {
      window.$chatwoot.setUser("u_1", { email: "a@b.example", name: "Ada", identifier_hash: "5f4dcc3b" });
      window.$chatwoot.setCustomAttributes({ plan: "pro" });
    });
    (function (d, t) {
      var BASE_URL = "${desk.url}";
      var g = d.createElement(t), s = d.getElementsByTagName(t)[0];
      g.src = BASE_URL + "/widget/compat/chatwoot.js";
      g.defer = true;
      g.async = true;
      s.parentNode.insertBefore(g, s);
      g.onload = function () { window.chatwootSDK.run({ websiteToken: "RzcuTpJqKtrHhtK6", baseUrl: BASE_URL }) }
    })(document, "script");
  </script>`);
  expect(asked()).toBe('/api/sdk/config?widget=RzcuTpJqKtrHhtK6&locale=de');
  const frame = await (await PretendFrame.of(page)).ready();
  expect(await frame.heard('theme')).toMatchObject({ mode: 'system' });
  expect((await frame.calls())[0]).toMatchObject({ name: 'identify', args: ['u_1', { email: 'a@b.example', name: 'Ada' }, null] });
  expect((await frame.heard('options')).options).toMatchObject({ userTraits: { plan: 'pro' } });
  await page.evaluate(`$chatwoot.setConversationCustomAttributes({ order: 7 }); $chatwoot.setLabel('vip'); $chatwoot.toggle('open'); $chatwoot.toggle('close'); $chatwoot.toggle(); $chatwoot.setColorScheme('dark'); $chatwoot.deleteCustomAttribute('plan')`);
  await expect.poll(async () => (await calls(frame)).slice(1)).toEqual([
    ['setContext', 'conversation', { label: 'Conversation', type: 'custom', value: { order: 7 } }], ['setContext', 'labels', { label: 'Labels', type: 'list', value: ['vip'] }],
    ['update', expect.anything()], ['update', expect.objectContaining({ userTraits: { plan: null } })],
  ]);
  expect(await frame.heard('theme')).toMatchObject({ mode: 'dark' });
  expect(await page.evaluate('[$chatwoot.hasLoaded, $chatwoot.isOpen, seen]')).toEqual([true, true, ['chatwoot:ready', 'plugboard:ready', 'chatwoot:opened', 'chatwoot:closed', 'chatwoot:opened']]);
  await page.evaluate('$chatwoot.reset()');
  await frame.heard('forget');
  expect(said).toEqual([]);
});

const intercom = (settings: string, script = '') => `<script>window.intercomSettings = ${settings};</script>
  <script>(function(){var w=window;var ic=w.Intercom;if(typeof ic==="function"){ic('reattach_activator');ic('update',w.intercomSettings);}else{var d=document;var i=function(){i.c(arguments);};i.q=[];i.c=function(args){i.q.push(args);};w.Intercom=i;var l=function(){var s=d.createElement('script');s.type='text/javascript';s.async=true;s.src='${desk.url}/widget/compat/intercom.js';var x=d.getElementsByTagName('script')[0];x.parentNode.insertBefore(s,x);};if(document.readyState==='complete'){l();}else if(w.attachEvent){w.attachEvent('onload',l);}else{w.addEventListener('load',l,false);}}})();
  ${script}</script>`;

test('Intercom, with its settings', async () => {
  const { page, said } = await open(intercom(
    '{ api_base: "https://api-iam.intercom.io", app_id: "abc123", user_id: 42, name: "Ada", email: "a@b.example", created_at: 1704067200, user_hash: "5f4d", plan: "pro", company: { company_id: "c_1", name: "Acme", created_at: 1 }, alignment: "left" }',
    'Intercom("onUnreadCountChange", (count) => seen.push(count)); Intercom("trackEvent", "invited", { friends: 2 });',
  ));
  expect(asked()).toBe('/api/sdk/config?widget=abc123');
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.heard('options')).options).toMatchObject({
    userId: '42', userTraits: { signed_up_at: 1_704_067_200, name: 'Ada', email: 'a@b.example', plan: 'pro' }, companyId: 'c_1', companyTraits: { signed_up_at: 1, name: 'Acme' }, hasTokenSource: false,
  });
  expect(JSON.stringify((await frame.heard('options')).options)).not.toContain('5f4d');
  await frame.tell({ type: 'unread', count: 3 });
  await expect.poll(() => page.evaluate('seen')).toEqual([0, 'plugboard:ready', 3]);
  await page.evaluate('Intercom("onShow", () => seen.push("shown")); Intercom("onHide", () => seen.push("hidden")); Intercom("show"); Intercom("hide"); Intercom("showNewMessage", "Hello"); Intercom("update"); Intercom("update", { name: "Eve" })');
  expect(await page.evaluate('seen.slice(3)')).toEqual(['shown', 'hidden', 'shown']);
  await expect.poll(() => calls(frame)).toEqual([['trackEvent', 'invited', { friends: 2 }], ['showNewMessage', 'Hello'], ['update', expect.objectContaining({ userTraits: { name: 'Eve' } })]]);
  expect(said).toEqual([]);
});

test('Intercom, booted, shut down and booted for somebody else', async () => {
  const { page } = await open(intercom('undefined', 'Intercom("boot", { app_id: "abc123", user_id: "u_1", intercom_user_jwt: "a.b.c" });'));
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.heard('options')).options).toMatchObject({ userId: 'u_1', userToken: 'a.b.c' });
  await page.evaluate('Intercom("shutdown")');
  await frame.heard('forget');
  await page.evaluate('Intercom("boot", { app_id: "abc123", user_id: "u_2" })');
  await expect.poll(() => calls(frame)).toEqual([['update', expect.objectContaining({ userId: 'u_2' })]]);
  expect(await page.evaluate('seen')).toEqual(['plugboard:ready']);
});

test('the names that a widget had at other desks lead to it, and their scripts come from the real desk', async () => {
  const real = await chatDesk();
  closers.push(() => real.dispose());
  const operator = await Operator.signIn(real.url);
  const [widget] = (await operator.call<{ data: { id: string; slug: string }[] }>('GET', '/widgets')).data;
  await operator.call('PATCH', `/widgets/${widget?.id}`, { aliases: ['vIbuXmgqfh', 'RzcuTpJqKtrHhtK6', 'abc123', 'ab_live_123'] });
  const snippets = [
    `<script>window.supportpalAsyncInit = function () { SupportPal.init({ baseURL: "https://support.domain.com/en/chat", hash: "vIbuXmgqfh" }) }</script><script src="${real.url}/widget/compat/supportpal.js"></script>`,
    `<script async src="${real.url}/widget/compat/halo.js" onload="HaloAgents.init({ apiKey: 'ab_live_123' })"></script>`,
    `<script>(function(d,t) { var BASE_URL="${real.url}"; var g=d.createElement(t),s=d.getElementsByTagName(t)[0]; g.src=BASE_URL+"/packs/js/sdk.js"; g.async = true; s.parentNode.insertBefore(g,s);
      g.onload=function(){ window.chatwootSDK.run({ websiteToken: 'RzcuTpJqKtrHhtK6', baseUrl: BASE_URL }) } })(document,"script");</script>`,
    intercom('{ app_id: "abc123" }').replace(desk.url, real.url),
  ];
  for (const snippet of snippets) {
    const { page, said } = await open(snippet);
    expect(await page.evaluate('Plugboard.debug()')).toMatchObject({ widget: widget?.slug });
    expect(said).toEqual([]);
  }
});
