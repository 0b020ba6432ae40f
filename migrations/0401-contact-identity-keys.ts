import type { Knex } from 'knex';
import { addIndexes } from '../core/kernel/db/alter-table.ts';

/** `listed` leaves out contacts that were merged away and leads from one to those that were merged into it. */
export const up = (knex: Knex): Promise<void> => addIndexes(knex, 'contacts', {
  unique: {
    uq_contacts_external: ['brand_id', 'external_id'],
    uq_contacts_proved_email: ['brand_id', 'proved_email'],
  },
  indexes: {
    ix_contacts_external: ['external_id', 'id'],
    ix_contacts_claim: ['external_claim', 'id'],
    ix_contacts_listed: ['merged_into', 'id'],
    ix_contacts_brand_listed: ['brand_id', 'merged_into', 'id'],
    ix_contacts_company: ['company_id', 'id'],
  },
});
