import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** When an address that nobody proved got mail last: one a day and brand. The address itself is not kept. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'unproved_mails',
  columns: {
    brand_id: 'integer NOT NULL',
    address_hash: 'varchar(64) NOT NULL',
    sent_at: 'bigint NOT NULL',
    suppressed: 'integer NOT NULL DEFAULT 0',
  },
  unique: { uq_unproved_mails: ['brand_id', 'address_hash'] },
  indexes: { ix_unproved_mails_sent: ['sent_at'] },
});
