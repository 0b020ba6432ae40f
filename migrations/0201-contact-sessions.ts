import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'contact_sessions',
  columns: {
    uid: 'varchar(26) NOT NULL',
    contact_id: 'integer NOT NULL',
    token_hash: 'varchar(64) NOT NULL',
    created_at: 'bigint NOT NULL',
    last_used_at: 'bigint NOT NULL',
    expires_at: 'bigint NOT NULL',
    revoked_at: 'bigint NULL',
  },
  unique: { uq_contact_sessions_token: ['token_hash'] },
  indexes: { ix_contact_sessions_contact: ['contact_id'] },
});
