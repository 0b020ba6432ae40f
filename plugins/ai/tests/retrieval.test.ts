import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AiDesk } from './ai-desk.ts';

let desk: AiDesk;

const refunds = `You can return anything within 30 days of delivery. Items must be unused and in their box.

## How long a refund takes

After your parcel reached us, we pay the refund within 5 working days. Banks may need another 2 days until you see it.

## What is left out

- Gift cards
- Opened software
- Made-to-measure clothes

## How to return something

Open **Orders** in your account and then:

1. Choose *Return an item*.
2. Print the label.
3. Bring the parcel to any post office.
`;
const shipping = `We ship to all of Europe.

| Country | Price | Days |
|---|---|---|
| Germany | 4.90 € | 2 |
| France | 7.90 € | 4 |
| Norway | 12.50 € | 6 |

Orders above 80 € ship free. See [the list](https://shop.example/shipping) for the rest. ![map](https://evil.example/map.png)
`;

beforeAll(async () => {
  desk = await AiDesk.start();
  await desk.article('Returns and refunds', refunds);
  await desk.article('Shipping', shipping);
  await desk.article('Passwort zurücksetzen', 'Klicken Sie auf der Anmeldeseite auf **Passwort vergessen**. Sie bekommen eine Mail mit einem Link, der eine Stunde lang gilt.', { locale: 'de' });
  await desk.article('Secret margins', 'Our purchase margin on tents is 61 percent.', { audience: 'internal' });
});
afterAll(() => desk.stop());

describe('answers without a model', () => {
  test('the part that was asked for, with its source, and that it is an AI', async () => {
    const answer = await desk.ask('How long does a refund take?');
    expect(answer.text).toContain('within 5 working days');
    expect(answer.text).toContain('I am Robin, an AI assistant.');
    expect(answer.text).not.toContain('Gift cards');
    expect(answer.sources).toMatchObject([{ title: 'Returns and refunds' }]);
    expect(answer.handOver).toBeNull();
    expect(answer.trace).toMatchObject({ model: null, inputTokens: 0 });
  });

  test('steps stay steps, a table answers with its row', async () => {
    expect((await desk.ask('How can I return something?')).text).toMatch(/1\. Choose \*Return an item\*\.\n2\. Print the label\.\n3\. /);
    const row = (await desk.ask('What does shipping to Norway cost?')).text;
    expect(row).toContain('12.50');
    expect(row).not.toContain('evil.example');
    expect(row).not.toMatch(/\|/);
  });

  test('a follow-up question leans on the one before', async () => {
    const answer = await desk.ask([{ author: 'contact', text: 'Can I return a tent and get a refund?' }, { author: 'assistant', text: 'You can return anything within 30 days.' }, { author: 'contact', text: 'and how long does it take?' }]);
    expect(answer.text).toContain('5 working days');
    expect(answer.text).not.toContain('AI assistant');
  });

  test('in the language of the person', async () => {
    const answer = await desk.ask('Wie kann ich mein Passwort zurücksetzen?');
    expect(answer.text).toContain('Passwort vergessen');
    expect(answer.text).toContain('Ich bin Robin, ein KI-Assistent.');
  });

  test('what nobody wrote is not made up: a person goes on', async () => {
    const answer = await desk.ask('Do you repair espresso machines on Mars?');
    expect(answer.text).toBe('');
    expect(answer.handOver).toMatchObject({ reason: expect.stringMatching(/no-knowledge|low-confidence/), message: expect.stringContaining('colleague'), summary: expect.stringContaining('espresso') });
  });

  test('the same answer is not given twice', async () => {
    const first = await desk.ask('How long does a refund take?');
    const again = await desk.ask([{ author: 'contact', text: 'How long does a refund take?' }, { author: 'assistant', text: first.text }, { author: 'contact', text: 'How long does a refund take?' }]);
    expect(again.text).not.toContain('within 5 working days');
  });

  test('internal texts are for operators', async () => {
    expect((await desk.ask('What is the purchase margin on tents?')).text).not.toContain('61');
    expect((await desk.ask('What is the purchase margin on tents?', {}, { audience: 'internal' })).text).toContain('61 percent');
  });

  test.each([['Hi!', 'How can I help you?'], ['Danke schön', 'Ich bin Robin'], ['مرحبا', 'كيف يمكنني مساعدتك']])('%s', async (text, answer) => {
    const said = await desk.ask(text);
    expect(said).toMatchObject({ text: expect.stringContaining(answer), handOver: null, sources: [] });
  });
});

describe('a person goes on', () => {
  test.each([
    ['Can I talk to a human?', {}, 'asked'], ['This is ridiculous, you are useless', {}, 'dissatisfied'], ['I want a Refund for my gift card', { keywords: ['gift card'] }, 'keyword'], ['How long does a refund take?', { mode: 'always' }, 'always'],
  ] as const)('%s %j: %s', async (text, escalation, reason) => {
    expect((await desk.ask(text, { escalation })).handOver).toMatchObject({ reason });
  });

  test('never, where it is off', async () => {
    expect(await desk.ask('Do you repair espresso machines on Mars?', { escalation: { mode: 'off' } })).toMatchObject({ handOver: null, text: expect.stringContaining('did not find') });
    expect(await desk.ask('Human please', { escalation: { mode: 'off' } })).toMatchObject({ handOver: null, text: expect.stringContaining('can’t pass you on') });
  });

  test('by rules on who it is, with where it goes', async () => {
    const rules = [
      { id: 'a', conditions: [{ field: 'trait', key: 'plan', operator: 'is', value: 'enterprise' }], action: 'hand-over', priority: 'urgent', tags: ['vip'] },
      { id: 'b', conditions: [{ field: 'page', operator: 'contains', value: '/docs' }], action: 'keep' },
    ];
    expect((await desk.ask('How long does a refund take?', { escalation: { rules } }, { traits: { plan: 'Enterprise' } })).handOver).toMatchObject({ reason: 'rule', priority: 'urgent', tags: ['vip'] });
    expect((await desk.ask('This is ridiculous', { escalation: { rules } }, { page: 'https://x.test/docs/a' })).handOver).toBeNull();
    expect((await desk.ask('a human please', { escalation: { rules } }, { page: 'https://x.test/docs/a' })).handOver).toMatchObject({ reason: 'asked' });
  });

  test('the first message of a desk outside its hours', async () => {
    const escalation = { hours: { isOn: true, timeZone: 'UTC', days: [] }, outside: { message: 'Closed. We write tomorrow.' } };
    expect((await desk.ask('human please', { escalation })).handOver).toMatchObject({ message: expect.stringContaining('Closed. We write tomorrow.') });
  });
});
