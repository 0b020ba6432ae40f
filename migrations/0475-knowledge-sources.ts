import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/**
 * What answers stand on besides articles. `run` goes up with each reading, with a stop and with switching off: a reading of an
 * older number writes nothing any more. `fence` is the lock's number of the process that reads now.
 */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'knowledge_sources',
  columns: {
    uid: 'varchar(26) NOT NULL',
    kind: 'varchar(20) NOT NULL',
    name: 'varchar(200) NOT NULL',
    brand_id: 'integer NULL',
    audience: 'varchar(20) NOT NULL',
    locale: 'varchar(35) NULL',
    is_enabled: 'integer NOT NULL',
    position: 'integer NOT NULL DEFAULT 0',
    state: 'varchar(20) NOT NULL',
    error: 'text NULL',
    done: 'integer NOT NULL DEFAULT 0',
    total: 'integer NULL',
    failed: 'integer NOT NULL DEFAULT 0',
    document_count: 'integer NOT NULL DEFAULT 0',
    passage_count: 'integer NOT NULL DEFAULT 0',
    settings: 'mediumtext NOT NULL',
    file_key: 'varchar(26) NULL',
    version: 'integer NOT NULL DEFAULT 0',
    run: 'integer NOT NULL DEFAULT 0',
    run_mode: 'varchar(10) NOT NULL',
    run_started_at: 'bigint NULL',
    fence: 'integer NOT NULL DEFAULT 0',
    tries: 'integer NOT NULL DEFAULT 0',
    last_run_at: 'bigint NULL',
    next_run_at: 'bigint NULL',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_knowledge_sources_uid: ['uid'] },
  indexes: {
    ix_knowledge_sources_brand: ['brand_id', 'id'],
    ix_knowledge_sources_state: ['state', 'id'],
    ix_knowledge_sources_next: ['next_run_at'],
  },
});
