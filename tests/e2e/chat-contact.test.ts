import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { ChatDesk, deviceContext, signed } from './chat-desk.ts';
import { OperatorPage } from './operator-page.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

let desk: ChatDesk;
let browser: Browser;
let operator: OperatorPage;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  operator = await OperatorPage.signIn(browser, desk.url);
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await desk?.stop();
});

async function arrive(url: string): Promise<VisitorPage> {
  const context = await deviceContext(browser);
  contexts.push(context);
  return VisitorPage.arrive(context, url);
}
/** Calls a method of the page's API. */
const call = (visitor: VisitorPage, method: string, ...args: unknown[]) =>
  visitor.page.evaluate(([name, given]) => { (window as unknown as { Plugboard: Record<string, (...values: unknown[]) => void> }).Plugboard[name]?.(...given); }, [method, args] as const);

it('what a page tells of its user stands in the contact pane at once, and a proof makes the person known', async () => {
  const secret = await desk.secret();
  const token = signed({ user_id: 'u_42', email: 'rosa@example.com', name: 'Rosa Parks' }, secret);

  // Rosa was here before, in another browser.
  const earlier = await arrive((await desk.initSite({ userToken: token })).url);
  await earlier.begin();
  await earlier.send('A question of last week');

  const visitor = await arrive((await desk.initSite({})).url);
  await visitor.begin();
  await visitor.send('My sync is broken');
  await operator.openConversation('My sync is broken');
  const pane = operator.page.getByRole('region', { name: 'Contact', exact: true });
  await pane.getByText('Anonymous', { exact: true }).waitFor();
  await pane.getByText('Nothing is reported.').waitFor();

  await call(visitor, 'identify', 'u_42', { name: 'Rosa', plan: 'Gold', seats: 12 });
  const details = pane.getByRole('region', { name: 'Details' });
  await details.getByText('Gold').waitFor();
  await details.getByText('12', { exact: true }).waitFor();
  await pane.getByText('Unproven', { exact: true }).waitFor();

  const context = pane.getByRole('region', { name: 'Right now' });
  await call(visitor, 'setContext', 'plan', { label: 'Billing plan', type: 'status', value: 'paid until March' });
  await context.getByText('paid until March').waitFor();
  await call(visitor, 'setContext', 'sync', { label: 'Calendar sync', type: 'error', value: { code: 'E_TOKEN', since: 'yesterday' } });
  await context.getByText('E_TOKEN').waitFor();
  expect((await context.getByRole('listitem').allTextContents()).map((text) => /Calendar sync|Billing plan/.exec(text)?.[0])).toEqual(['Calendar sync', 'Billing plan']);
  await call(visitor, 'setContext', 'plan', { label: 'Billing plan', type: 'status', value: 'paid until June' });
  await context.getByText('paid until June').waitFor();
  expect(await context.getByText('paid until March').count()).toBe(0);
  await call(visitor, 'clearContext', 'sync');
  await soon(() => context.getByText('E_TOKEN').count()).toBe(0);

  await call(visitor, 'identifyCompany', 'acme', { name: 'Acme Ltd', industry: 'Rockets' });
  await pane.getByText('Acme Ltd').first().waitFor();
  await details.getByText('Rockets').waitFor();

  await visitor.page.evaluate(() => { document.title = 'Pricing'; history.pushState({}, '', '/pricing'); });
  const activity = pane.getByRole('region', { name: 'Activity' });
  await activity.getByRole('link', { name: /Pricing/ }).waitFor();
  await call(visitor, 'trackEvent', 'Checkout started', { cart: 3 });
  await activity.getByText('Checkout started').waitFor();

  await call(visitor, 'identify', 'u_42', {}, { userToken: token });
  await pane.getByText('Verified', { exact: true }).waitFor();
  await pane.getByText('Rosa Parks', { exact: true }).first().waitFor();
  await pane.getByText('rosa@example.com').waitFor();
  const previous = pane.getByRole('region', { name: 'Earlier conversations' });
  await previous.getByRole('link', { name: /A question of last week/ }).waitFor();
  await soon(() => operator.row('Rosa Parks').count()).toBe(2);

  // The thread that is open goes on both ways, and both of her browsers have it.
  await operator.reply('We renewed the token for you');
  await visitor.message('We renewed the token for you').waitFor();
  await visitor.send('It works again');
  await operator.message('It works again').waitFor();
  await earlier.widget.getByRole('button', { name: 'Back' }).click();
  await soon(() => earlier.widget.getByRole('region', { name: 'Your conversations' }).getByRole('button').count()).toBe(2);
  expect([...visitor.said, ...earlier.said, ...operator.said]).toEqual([]);
});

it('what a page tells is shown as text, whatever it is', async () => {
  const evil = '<img src=x onerror="window.evil=1">';
  const visitor = await arrive((await desk.initSite({ userId: 'u_evil', userTraits: { name: evil, [evil]: evil, site: 'javascript:alert(1)' }, companyId: 'c_evil', companyTraits: { name: evil }, context: { note: { label: evil, type: 'custom', value: [evil] } } })).url);
  await visitor.begin();
  await visitor.send('I mean no good');
  await visitor.page.evaluate((title) => { document.title = title; history.pushState({}, '', '/evil'); }, evil);
  await operator.openConversation('I mean no good');
  const pane = operator.page.getByRole('region', { name: 'Contact', exact: true });
  await pane.getByRole('region', { name: 'Right now' }).getByText(evil).first().waitFor();
  await pane.getByRole('region', { name: 'Activity' }).getByText(evil).first().waitFor();
  expect(await operator.page.locator('img[src="x"]').count()).toBe(0);
  expect(await operator.page.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await operator.page.evaluate('window.evil')).toBeUndefined();
  expect(operator.said).toEqual([]);
});

/** Keeps back the first answer to such a request, as it was when it was asked for. */
async function holdFirst(pattern: string): Promise<{ isHeld(): boolean; end(): Promise<void> }> {
  let asked = 0;
  const [letGo, given] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await operator.page.route(pattern, async (route) => {
    const response = await route.fetch();
    asked += 1;
    const isFirst = asked === 1;
    if (isFirst) await letGo.promise;
    await route.fulfill({ response }).catch(() => undefined);
    if (isFirst) given.resolve();
  });
  return {
    isHeld: () => asked > 0,
    async end() {
      letGo.resolve();
      await given.promise;
      await operator.page.unroute(pattern);
    },
  };
}

it('what is told while the pane is still being read stands in it too', async () => {
  const visitor = await arrive((await desk.initSite({})).url);
  await visitor.begin();
  await visitor.send('Nobody looks at me yet');
  const first = await holdFirst('**/api/v1/contacts/*');
  await operator.openConversation('Nobody looks at me yet');
  await soon(first.isHeld).toBe(true);
  await call(visitor, 'setContext', 'plan', { label: 'Billing plan', type: 'status', value: 'paid until March' });
  const pane = operator.page.getByRole('region', { name: 'Contact', exact: true });
  await pane.getByText('paid until March').waitFor();
  await first.end();
});

it('what is written while the list or a thread is still being read stands there too', async () => {
  const visitor = await arrive((await desk.initSite({})).url);
  await visitor.begin();
  const heard: string[] = [];
  operator.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => { heard.push(payload.toString()); }));
  /** Nothing more is said of it after these. */
  const isHeard = (text: string) => ['conversation:changed', 'message:new'].every((event) => heard.some((frame) => frame.includes(event) && frame.includes(text)));

  const list = await holdFirst('**/api/v1/conversations?*');
  await operator.page.goto(`${desk.url}/admin/inbox/all`);
  await soon(list.isHeld).toBe(true);
  await soon(() => heard.length).toBeGreaterThan(1);
  await visitor.send('While the list is read');
  await soon(() => isHeard('While the list is read')).toBe(true);
  await list.end();
  await operator.await('While the list is read');

  const thread = await holdFirst('**/api/v1/conversations/*/messages?*');
  await operator.row('While the list is read').click();
  await soon(thread.isHeld).toBe(true);
  await visitor.send('While the thread is read');
  await soon(() => isHeard('While the thread is read')).toBe(true);
  await thread.end();
  await operator.message('While the thread is read').waitFor();
});
