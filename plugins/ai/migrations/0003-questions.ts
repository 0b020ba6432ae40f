import type { DatabaseApi } from '@plugboard/sdk';
import { createTable } from '../server/create-table.ts';

/** Questions that nobody's text answered, by what they are about, and some of their wordings without addresses and numbers. */
export async function up(db: DatabaseApi): Promise<void> {
  await createTable(db, 'questions', [
    'id VARCHAR(26) NOT NULL PRIMARY KEY', 'brand_id VARCHAR(26) NOT NULL', 'locale VARCHAR(35) NOT NULL', 'title VARCHAR(300) NOT NULL', 'terms VARCHAR(1000) NOT NULL', 'count INTEGER NOT NULL',
    'state VARCHAR(10) NOT NULL', 'first_seen_at BIGINT NOT NULL', 'last_seen_at BIGINT NOT NULL', 'article_id VARCHAR(26) NULL',
  ], { newest: 'brand_id, locale, last_seen_at', by_count: 'state, count, id', by_time: 'state, last_seen_at, id' });
  await createTable(db, 'question_examples', [
    'run_id VARCHAR(26) NOT NULL PRIMARY KEY', 'question_id VARCHAR(26) NOT NULL', 'text TEXT NOT NULL', 'conversation_id VARCHAR(26) NOT NULL', 'contact_id VARCHAR(26) NOT NULL', 'reason VARCHAR(30) NULL', 'created_at BIGINT NOT NULL',
  ], { question: 'question_id, created_at' });
}
