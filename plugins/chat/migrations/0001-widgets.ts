import type { DatabaseApi } from '@plugboard/sdk';

export async function up(db: DatabaseApi): Promise<void> {
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('widgets')} (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    slug VARCHAR(60) NOT NULL UNIQUE,
    public_key VARCHAR(80) NOT NULL UNIQUE,
    name VARCHAR(200) NOT NULL,
    brand_id VARCHAR(26) NOT NULL,
    config MEDIUMTEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
  )`);
}
