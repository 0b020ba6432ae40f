import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { nobody, system } from '../../kernel/policy/actor.ts';
import { selectBrands } from '../brands/index.ts';
import { indexDocument, searchPassages } from './index.ts';

const articles: Record<string, [title: string, markdown: string]> = {
  returns: ['Returns', 'You can return anything within **30 days**. Keep the receipt.\n\n## How\n\n1. Print the label.\n2. Bring the parcel to the post office.\n\nRefunds arrive within 5 days.'],
  shipping: ['Shipping', 'We ship to all countries of the EU. Standard delivery takes 3 to 5 working days and costs 4.90 €. Express arrives the next day for 12 €.'],
  password: ['Password', 'Forgot your password? Open the sign-in page and press **Forgot password**. A link comes by mail and is good for one hour.'],
};

describe.each(['sqlite', 'mariadb'] as const)('a desk of three articles on %s', (engine) => {
  let desk: TestDesk;
  let brandId: number;
  const ask = (query: string, locale: string) => searchPassages(createActionContext(desk.kernel, nobody), { query, brandId, audiences: ['public'], locale });

  beforeAll(async () => {
    desk = await startDesk({ database: engine });
    brandId = (await selectBrands(desk.kernel.db.knex))[0]?.id ?? 0;
    await createActionContext(desk.kernel, system).transaction(async (tx) => {
      for (const [id, [title, markdown]] of Object.entries(articles)) await indexDocument(tx, { kind: 'article', id, sourceId: null, brandId, audience: 'public', locale: 'en', title, url: null, markdown });
    });
  });
  afterAll(() => desk?.stop());

  it.each([
    ['en', 'How long do I have to send something back?', 'returns'], ['en', 'When do I get my money back?', 'returns'], ['en', 'I want to return my shoes', 'returns'], ['en', 'how much is express shipping?', 'shipping'],
    ['en', 'when will my parcel arrive', 'shipping'], ['en', 'do you ship to France', 'shipping'], ['en', 'I lost my password', 'password'], ['en', "I can't remember my password", 'password'], ['en', "I can't log in", 'password'],
    ['de', 'wie lange dauert der Versand?', 'shipping'], ['de', 'Was kostet die Lieferung?', 'shipping'], ['de', 'Ich habe mein Passwort vergessen', 'password'], ['de', 'Wie bekomme ich mein Geld zurück?', 'returns'],
    ['ar', 'كم تكلفة الشحن؟', 'shipping'], ['ar', 'نسيت كلمة المرور', 'password'], ['ar', 'كيف أرجع المنتج؟', 'returns'],
  ])('answers in %s “%s”', async (locale, query, expected) => {
    const { passages, confidence } = await ask(query, locale);
    expect([passages[0]?.documentId, confidence >= 50]).toEqual([expected, true]);
  });

  it.each([
    ['en', 'Do you sell kayaks?'], ['en', "What is your CEO's salary?"], ['en', 'Do you have a shop in Berlin?'], ['en', 'Can I get an iPhone 7?'], ['en', 'How do I reset my Netflix password?'], ['en', 'how do i reset my netflix password'],
    ['en', 'Do you ship pianos to Australia?'], ['en', 'Can I pay with bitcoin?'], ['en', 'Do you offer a warranty?'], ['de', 'Verkauft ihr Kajaks?'], ['de', 'Habt ihr eine Filiale in Köln?'], ['ar', 'هل تبيعون قوارب؟'],
  ])('leaves to a person in %s “%s”', async (locale, query) => expect((await ask(query, locale)).confidence).toBeLessThan(50));
});
