import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Templates that an admin made out of one that a plugin ships; `kind` is `<plugin>.<id>` of that one. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'email_templates',
  columns: {
    uid: 'varchar(26) NOT NULL',
    kind: 'varchar(101) NOT NULL',
    name: 'varchar(200) NOT NULL',
    created_at: 'bigint NOT NULL',
  },
  unique: { uq_email_templates_uid: ['uid'] },
  indexes: { ix_email_templates_kind: ['kind', 'id'] },
});
