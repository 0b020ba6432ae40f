import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Browsers of operators that take web push. An endpoint belongs to one browser; who signs in there last has it. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'push_subscriptions',
  columns: {
    uid: 'varchar(26) NOT NULL',
    operator_id: 'integer NOT NULL',
    endpoint_hash: 'varchar(64) NOT NULL',
    endpoint: 'varchar(1000) NOT NULL',
    p256dh: 'varchar(130) NOT NULL',
    auth: 'varchar(50) NOT NULL',
    device: 'varchar(200) NOT NULL',
    failures: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
    last_used_at: 'bigint NULL',
  },
  unique: { uq_push_subscriptions_uid: ['uid'], uq_push_subscriptions_endpoint: ['endpoint_hash'] },
  indexes: { ix_push_subscriptions_operator: ['operator_id'] },
});
