import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'contacts',
  columns: {
    uid: 'varchar(26) NOT NULL',
    kind: 'varchar(20) NOT NULL',
    name: 'varchar(200) NULL',
    search_name: 'varchar(200) NULL',
    email: 'varchar(254) NULL',
    locale: 'varchar(35) NULL',
    brand_id: 'integer NOT NULL',
    last_seen_at: 'bigint NULL',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_contacts_uid: ['uid'] },
  indexes: {
    ix_contacts_brand: ['brand_id', 'id'],
    ix_contacts_email: ['email', 'id'],
    ix_contacts_name: ['search_name', 'id'],
  },
});
