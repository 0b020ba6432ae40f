import type { DatabaseApi } from '@plugboard/sdk';
import { createTable } from '../server/create-table.ts';

/** Assistants, the connections and models they speak through, and what counts for all of them. */
export async function up(db: DatabaseApi): Promise<void> {
  const id = 'id VARCHAR(26) NOT NULL PRIMARY KEY';
  const times = ['created_at BIGINT NOT NULL', 'updated_at BIGINT NOT NULL'];
  await createTable(db, 'assistants', [
    id, 'name VARCHAR(120) NOT NULL', 'mode VARCHAR(10) NOT NULL', 'is_default INTEGER NOT NULL', 'config MEDIUMTEXT NOT NULL', 'scores VARCHAR(200) NULL', 'version INTEGER NOT NULL', ...times,
  ]);
  await createTable(db, 'connections', [
    id, 'name VARCHAR(120) NOT NULL', 'kind VARCHAR(30) NOT NULL', 'base_url VARCHAR(500) NOT NULL', 'key_sealed TEXT NULL', 'key_last4 VARCHAR(8) NULL', ...times,
  ]);
  await createTable(db, 'models', [id, 'connection_id VARCHAR(26) NOT NULL', 'config TEXT NOT NULL', ...times]);
  await createTable(db, 'settings', ['id VARCHAR(10) NOT NULL PRIMARY KEY', 'config TEXT NOT NULL', 'version INTEGER NOT NULL']);
}
