import { beforeAll, expect, it } from 'vitest';
import type { KnowledgeApi, KnowledgeReader } from '@plugboard/sdk';
import { forEachDesk, storeContact } from '../../../tests/support/people.ts';
import { createPluginServices } from './index.ts';

forEachDesk('the knowledge for plugins', (open) => {
  let knowledge: KnowledgeApi;
  let brands: { id: string; rowId: number }[];

  beforeAll(async () => {
    knowledge = createPluginServices(open().desk.kernel)({ type: 'plugin', id: 'test', permissions: new Set(), depth: 1 }).knowledge;
    brands = [];
    for (const slug of ['first', 'second']) {
      const { body } = await open().owner.post('/brands', { name: slug, slug, locale: 'en' });
      brands.push({ id: body.id, rowId: (await open().desk.kernel.db.knex('brands').where({ uid: body.id }).first('id') as { id: number }).id });
      for (const audience of ['public', 'signed-in', 'internal']) {
        const made = await open().owner.post('/articles', { brandId: body.id, title: `Zanzibar ${audience}`, body: `The ${audience} parcel to Zanzibar.`, locale: 'en', status: 'published', audience });
        expect(made.status, JSON.stringify(made.body)).toBe(201);
      }
    }
  });

  it('is that of the reader\'s brand: a contact or colleague of another one finds what everybody finds', async () => {
    const [first, second] = brands as [typeof brands[0], typeof brands[0]];
    const { knex } = open().desk.kernel.db;
    const rowId = await storeContact(knex, second.rowId);
    await knex('contacts').where({ id: rowId }).update({ kind: 'verified' });
    const { uid: contactId } = await knex('contacts').where({ id: rowId }).first('uid') as { uid: string };
    const everywhere = (await open().person('agent')).id;
    const limited = (await open().person('agent', { brandIds: [second.id] })).id;
    const found = async (brandId: string, reader: KnowledgeReader) => (await knowledge.search({ query: 'parcel Zanzibar', brandId, for: reader, locale: 'en', limit: 20 })).passages.map(({ audience }) => audience).sort();
    expect(await found(second.id, { contactId })).toEqual(['public', 'signed-in']);
    expect(await found(first.id, { contactId })).toEqual(['public']);
    expect(await found(first.id, { operatorId: everywhere })).toEqual(['internal', 'public', 'signed-in']);
    expect(await found(first.id, { operatorId: limited })).toEqual(['public']);
    expect(await found(second.id, { operatorId: limited })).toEqual(['internal', 'public', 'signed-in']);
    expect(await found(first.id, { contactId: 'a'.repeat(26) })).toEqual(['public']);
    expect(await found(first.id, { operatorId: contactId })).toEqual(['public']);
  });
});
