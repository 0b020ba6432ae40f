import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Turns of assistants: what they were asked, what they said, and what it came from. One per conversation and epoch. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'assistant_runs',
  columns: {
    uid: 'varchar(26) NOT NULL',
    conversation_id: 'integer NOT NULL',
    brand_id: 'integer NOT NULL',
    contact_id: 'integer NOT NULL',
    operator_id: 'integer NOT NULL',
    mode: 'varchar(10) NOT NULL',
    status: 'varchar(20) NOT NULL',
    reason: 'varchar(20) NULL',
    epoch: 'integer NOT NULL',
    trigger_seq: 'integer NOT NULL',
    locale: 'varchar(35) NOT NULL',
    question: 'text NOT NULL',
    text: 'mediumtext NOT NULL',
    sources: 'text NULL',
    trace: 'mediumtext NULL',
    confidence: 'integer NULL',
    message_uid: 'varchar(26) NULL',
    latency_ms: 'integer NULL',
    error: 'text NULL',
    contact_rating: 'varchar(4) NULL',
    operator_rating: 'varchar(4) NULL',
    rating_comment: 'text NULL',
    lease_until: 'bigint NOT NULL',
    dismissed_at: 'bigint NULL',
    created_at: 'bigint NOT NULL',
    finished_at: 'bigint NULL',
  },
  unique: { uq_assistant_runs_uid: ['uid'], uq_assistant_runs_epoch: ['conversation_id', 'epoch'] },
  indexes: {
    ix_assistant_runs_status: ['status', 'lease_until'],
    ix_assistant_runs_contact: ['contact_id', 'created_at'],
    ix_assistant_runs_operator: ['operator_id', 'id'],
    ix_assistant_runs_message: ['message_uid'],
  },
});
