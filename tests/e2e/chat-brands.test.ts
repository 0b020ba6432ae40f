import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, personalBrowser } from '../support/browser.ts';
import { ChatDesk, deviceContext, signed, type Site } from './chat-desk.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

let desk: ChatDesk;
let browser: Browser;
let context: BrowserContext;
let fish: string;
let sites: { north: Site; fish: Site };
const email = 'both@example.com';

const tagOf = (slug: string) => `<script src="${desk.url}/widget.js" data-widget="${slug}" async></script>`;

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  fish = (await desk.ask<{ id: string }>('POST', '/brands', { name: 'Fishmonger', slug: 'fishmonger' })).id;
  await desk.ask('POST', '/widgets', { name: 'Fish', slug: 'fish', brandId: fish, botName: 'Captain', conversationButtons: [{ id: 'ask', name: 'Ask about fish' }], security: { codes: 'always' } });
  await desk.change({ conversationButtons: [{ id: 'ask', name: 'Ask about packs' }], notifications: { operators: { isOn: false }, users: { isOn: false } } });
  await desk.change({ notifications: { operators: { isOn: false }, users: { isOn: false } } }, 'fish');
  sites = { north: await desk.site({ tag: tagOf('website') }), fish: await desk.site({ tag: tagOf('fish') }) };
  context = await personalBrowser();
  context.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await desk?.stop();
});

/** A page of one brand's site, with its button pressed. */
async function begin(site: Site, button: string): Promise<VisitorPage> {
  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.open();
  await visitor.widget.getByRole('button', { name: button }).click();
  await visitor.box.waitFor();
  return visitor;
}
const contactOf = async (text: string) => (await desk.ask<{ contact: { id: string; kind: string; email: string | null } }>('GET', `/conversations/${await desk.conversation(text)}`)).contact;

it('one browser on the sites of two brands is two visitors, who see nothing of each other', async () => {
  const north = await begin(sites.north, 'Ask about packs');
  await north.send('A question about packs');
  const other = await VisitorPage.arrive(context, sites.fish.url);
  await other.open();
  expect(await other.widget.getByRole('region', { name: 'Your conversations' }).count()).toBe(0);
  expect(await other.widget.getByRole('button', { name: 'Ask about packs' }).count()).toBe(0);
  await other.widget.getByRole('button', { name: 'Ask about fish' }).click();
  await other.box.waitFor();
  await other.send('A question about fish');

  for (const [visitor, mine, theirs] of [[north, 'A question about packs', 'A question about fish'], [other, 'A question about fish', 'A question about packs']] as const) {
    await visitor.reload();
    await visitor.open();
    await soon(() => visitor.widget.getByRole('region', { name: 'Your conversations' }).getByRole('button').count()).toBe(1);
    await visitor.resume();
    await visitor.message(mine).waitFor();
    expect(await visitor.widget.content()).not.toContain(theirs);
    expect(visitor.frames.filter((frame) => frame.includes(theirs))).toEqual([]);
  }
  const [one, two] = [await contactOf('A question about packs'), await contactOf('A question about fish')];
  expect(one.id).not.toBe(two.id);

  // Not even somebody who knows the address of the other brand's conversation.
  const stranger = await VisitorPage.arrive(context, `${desk.url}/widget/website?conversation=${await desk.conversation('A question about fish')}`);
  await stranger.widget.getByText('Confirm your address to see this conversation.').waitFor();
  expect(await stranger.page.content()).not.toContain('A question about fish');
});

it('a person who proves the same address to both brands is a contact of each', async () => {
  const north = await begin(sites.north, 'Ask about packs');
  await north.send('Packs, says a person');
  await north.giveDetails(email);
  await north.enterCode(await desk.code(email));
  await north.widget.getByText(`Ada Lovelace · ${email}`).first().waitFor();
  const other = await begin(sites.fish, 'Ask about fish');
  await other.send('Fish, says the same person');
  desk.letTimePass(61_000);
  await other.giveDetails(email);
  const { subject = '' } = await desk.mail(email, 2);
  expect(subject).toContain('Fishmonger');
  await other.enterCode(await desk.code(email, 2));
  await other.widget.getByText(`Ada Lovelace · ${email}`).first().waitFor();

  const [one, two] = [await contactOf('Packs, says a person'), await contactOf('Fish, says the same person')];
  expect([one, two]).toMatchObject([{ kind: 'verified', email }, { kind: 'verified', email }]);
  expect(one.id).not.toBe(two.id);
  const { conversations } = await desk.ask<{ conversations: { snippet: string }[] }>('GET', `/contacts/${one.id}`);
  expect(conversations.map(({ snippet }) => snippet).join()).not.toContain('ish');
});

it('the secret of one brand\'s widget signs nobody in at the other', async () => {
  const secret = await desk.secret();
  await desk.secret('fish');
  const token = signed({ email: 'signed@example.com' }, secret);
  const visitor = await VisitorPage.arrive(await deviceContext(browser), (await desk.site({ tag: `<script src="${desk.url}/widget.js" data-widget="fish" data-user-token="${token}" async></script>` })).url);
  await visitor.open();
  await visitor.widget.getByRole('button', { name: 'Ask about fish' }).click();
  await visitor.box.waitFor();
  await visitor.send('Fish, with a token for packs');
  expect(await contactOf('Fish, with a token for packs')).toMatchObject({ kind: 'anonymous', email: null });
});
