import type { DatabaseApi } from '@plugboard/sdk';
import { createTable } from '../server/create-table.ts';

/** What was spent on a day, how often a conversation was not helped, and figures of each turn. None holds a word that anybody wrote. */
export async function up(db: DatabaseApi): Promise<void> {
  await createTable(db, 'spending', ['day VARCHAR(10) NOT NULL', 'scope VARCHAR(26) NOT NULL', 'spent BIGINT NOT NULL', 'held BIGINT NOT NULL', 'PRIMARY KEY (day, scope)']);
  await createTable(db, 'attempts', ['conversation_id VARCHAR(26) NOT NULL PRIMARY KEY', 'failed INTEGER NOT NULL', 'updated_at BIGINT NOT NULL'], { updated: 'updated_at' });
  await createTable(db, 'turns', [
    'id VARCHAR(26) NOT NULL PRIMARY KEY', 'day VARCHAR(10) NOT NULL', 'assistant_id VARCHAR(26) NOT NULL', 'brand_id VARCHAR(26) NOT NULL', 'conversation_id VARCHAR(26) NOT NULL',
    'contact_id VARCHAR(26) NOT NULL', 'last_seq BIGINT NOT NULL', 'locale VARCHAR(35) NOT NULL', 'model VARCHAR(200) NULL', 'prompt_version VARCHAR(20) NOT NULL', 'outcome VARCHAR(20) NOT NULL',
    'reason VARCHAR(30) NULL', 'confidence INTEGER NULL', 'input_tokens BIGINT NOT NULL', 'output_tokens BIGINT NOT NULL', 'cost_micros BIGINT NULL', 'latency_ms INTEGER NOT NULL',
    'rated_by_contact VARCHAR(4) NULL', 'rated_by_operator VARCHAR(4) NULL', 'created_at BIGINT NOT NULL',
  ], { day: 'day', created: 'created_at' });
}
