import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/**
 * Which contact a page told of that gave neither a session nor a proof: one for each publishable key and claimed id. No
 * session ever leads to such a contact.
 */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'sdk_claims',
  columns: { claim_hash: 'varchar(64) NOT NULL', contact_id: 'integer NOT NULL', created_at: 'bigint NOT NULL' },
  primary: ['claim_hash'],
  indexes: { ix_sdk_claims_contact: ['contact_id'] },
});
