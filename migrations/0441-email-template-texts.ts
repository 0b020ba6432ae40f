import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What an admin wrote in place of a shipped text. `template` is a kind or the uid of an own template; brand 0 is every brand. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'email_template_texts',
  columns: {
    template: 'varchar(101) NOT NULL',
    brand_id: 'integer NOT NULL',
    locale: 'varchar(35) NOT NULL',
    subject: 'varchar(500) NOT NULL',
    body: 'mediumtext NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_email_template_texts: ['template', 'brand_id', 'locale'] },
});
