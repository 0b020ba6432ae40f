import type { Knex } from 'knex';
import { addColumns } from '../core/kernel/db/alter-table.ts';

/**
 * Who a contact proved to be, and what is told of them. `external_id` and `proved_email` are proofs and unique in a brand; what
 * anybody may claim stands in `external_claim` and `claimed_traits`. `merged_into` makes a row a sign that leads to another one.
 */
export const up = (knex: Knex): Promise<void> => addColumns(knex, 'contacts', {
  external_id: 'varchar(200) COLLATE utf8mb4_bin NULL',
  external_claim: 'varchar(200) COLLATE utf8mb4_bin NULL',
  proved_email: 'varchar(254) COLLATE utf8mb4_bin NULL',
  traits: 'mediumtext NULL',
  claimed_traits: 'mediumtext NULL',
  signed_up_at: 'bigint NULL',
  time_zone: 'varchar(60) NULL',
  verified_at: 'bigint NULL',
  merged_into: 'integer NULL',
  company_id: 'integer NULL',
});
