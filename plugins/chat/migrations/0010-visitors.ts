import type { DatabaseApi } from '@plugboard/sdk';

/** Codes that prove addresses, how often what was asked for, notices by mail and who wants none. */
export async function up(db: DatabaseApi): Promise<void> {
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('keys')} (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL
  )`);
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('limits')} (
    limit_key VARCHAR(64) NOT NULL PRIMARY KEY,
    taken_at VARCHAR(1000) NOT NULL,
    version BIGINT NOT NULL,
    kept_until BIGINT NOT NULL
  )`);
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('codes')} (
    contact_id VARCHAR(26) NOT NULL,
    id VARCHAR(26) NOT NULL,
    email VARCHAR(254) NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    tries INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT NULL,
    PRIMARY KEY (contact_id, id)
  )`);
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('notices')} (
    conversation_id VARCHAR(26) NOT NULL,
    side VARCHAR(10) NOT NULL,
    noticed_seq BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, side)
  )`);
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('unsubscribed')} (
    address_key VARCHAR(64) NOT NULL,
    conversation_id VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (address_key, conversation_id)
  )`);
}
