import { describe, expect, it } from 'vitest';
import { slugSchema } from '../../shared/primitives.ts';
import { freeSlug, isMadeFrom, slugOf } from './slug.ts';

describe('addresses out of titles', () => {
  it.each([
    ['Rückgabe & Umtausch', 'rueckgabe-and-umtausch'], ['Größe, Straße, Äpfel', 'groesse-strasse-aepfel'], ['Ça va? Señor Łukasz’s café', 'ca-va-senor-lukaszs-cafe'],
    ['كيف أعيد المنتج؟', 'kyf-aayd-almntj'], ['Как вернуть товар', 'kak-vernut-tovar'], ['  --Hello--  ', 'hello'], ['退货', ''], ['', ''], ['2. Version 3.0', '2-version-3-0'],
  ])('%j → %j', (title, slug) => expect(slugOf(title)).toBe(slug));

  it('are valid however long the title, and end with a word', () => {
    const slug = slugOf('a very long title that goes on and on until nobody wants to read it any more');
    expect(slugSchema.safeParse(slug).success).toBe(true);
    expect(slug).toBe('a-very-long-title-that-goes-on-and-on-until-nobody-wants-to');
    expect(slugSchema.safeParse(slugOf('x'.repeat(300))).success).toBe(true);
  });

  it('get a number where they are taken, and a name where they spell nothing', async () => {
    const taken = new Set(['returns', 'returns-2', 'article']);
    const choose = (title: string) => freeSlug({ title, fallback: 'article', isTaken: async (slug) => taken.has(slug) });
    expect([await choose('Returns'), await choose('退货'), await choose('New')]).toEqual(['returns-3', 'article-2', 'new']);
    const crowded = await freeSlug({ title: 'x'.repeat(80), fallback: 'article', isTaken: async (slug) => slug.length === 60 || /-\d+$/.test(slug) });
    expect(slugSchema.safeParse(crowded).success).toBe(true);
  });

  it('are known again as made from a title', () => {
    expect([isMadeFrom('returns', 'Returns'), isMadeFrom('returns-12', 'Returns'), isMadeFrom('returns-policy', 'Returns'), isMadeFrom('other', 'Returns')]).toEqual([true, true, false, false]);
  });
});
