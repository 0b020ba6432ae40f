import { expect, it } from 'vitest';
import { forEachDatabase } from '../../../tests/support/databases.ts';
import { isUniqueViolation } from './database-errors.ts';
import { addColumns, addIndexes } from './alter-table.ts';
import { createTable } from './create-table.ts';

forEachDatabase('steps that change a table', (make) => {
  it('run again after they were cut, keep what is there and add what is missing', async () => {
    const { db: { knex } } = await make({ isMigrated: false });
    await createTable(knex, { name: 'things', columns: { name: 'varchar(20) NOT NULL' } });
    await knex('things').insert({ name: 'first' });
    await addColumns(knex, 'things', { code: 'varchar(20) COLLATE utf8mb4_bin NULL' });
    await knex('things').update({ code: 'a' });
    for (let run = 0; run < 2; run += 1) {
      await addColumns(knex, 'things', { code: 'varchar(20) COLLATE utf8mb4_bin NULL', notes: 'mediumtext NULL', size: 'integer NOT NULL DEFAULT 3' });
      await addIndexes(knex, 'things', { unique: { uq_things_code: ['code'] }, indexes: { ix_things_name: ['name', 'id'] } });
    }
    expect(await knex('things').first()).toMatchObject({ name: 'first', code: 'a', notes: null, size: 3 });
    await knex('things').insert([{ name: 'second', code: 'A' }, { name: 'third', code: null }, { name: 'fourth', code: null }]);
    await expect(knex('things').insert({ name: 'fifth', code: 'a' })).rejects.toSatisfy(isUniqueViolation);
  });
});
