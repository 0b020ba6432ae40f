import type { DatabaseApi } from '@plugboard/sdk';
import { createTable } from '../server/create-table.ts';

/** Cases of the test bench, its runs and what came of each case in them. */
export async function up(db: DatabaseApi): Promise<void> {
  await createTable(db, 'bench_cases', [
    'id VARCHAR(26) NOT NULL PRIMARY KEY', 'brand_id VARCHAR(26) NOT NULL', 'locale VARCHAR(35) NOT NULL', 'config MEDIUMTEXT NOT NULL', 'is_enabled INTEGER NOT NULL', 'origin VARCHAR(20) NOT NULL', 'origin_id VARCHAR(26) NULL',
    'created_at BIGINT NOT NULL', 'updated_at BIGINT NOT NULL',
  ], { origin: 'origin_id' });
  await createTable(db, 'bench_runs', [
    'id VARCHAR(26) NOT NULL PRIMARY KEY', 'assistant_id VARCHAR(26) NOT NULL', 'state VARCHAR(10) NOT NULL', 'cause VARCHAR(20) NOT NULL', 'prompt_version VARCHAR(20) NULL', 'model VARCHAR(200) NULL',
    'case_count INTEGER NOT NULL', 'scores VARCHAR(200) NULL', 'cost_micros BIGINT NOT NULL', 'created_at BIGINT NOT NULL', 'ended_at BIGINT NULL',
  ], { assistant: 'assistant_id, created_at' });
  await createTable(db, 'bench_results', [
    'run_id VARCHAR(26) NOT NULL', 'case_id VARCHAR(26) NOT NULL', 'result MEDIUMTEXT NOT NULL', 'PRIMARY KEY (run_id, case_id)',
  ]);
}
