import { createHash } from 'node:crypto';
import { mailboxOf } from '@plugboard/sdk';
import type { Knex } from 'knex';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { execute, type Binding } from '../../kernel/db/statement.ts';

const dayMs = 86_400_000;

const hashOf = (address: string): string => createHash('sha256').update(mailboxOf(address)).digest('hex');

/**
 * Takes the one mail that a mailbox nobody proved may get from a brand in 24 hours. Answers false when it had it. One
 * statement decides, so two processes cannot both say yes.
 */
export async function takeUnprovedMail(db: Knex, now: number, brandId: number, address: string): Promise<boolean> {
  const bindings = [brandId, hashOf(address)];
  const again = await execute(db, 'UPDATE unproved_mails SET sent_at = ? WHERE brand_id = ? AND address_hash = ? AND sent_at <= ?', [now, ...bindings, now - dayMs]);
  if (again.changes > 0) return true;
  if (await countSuppressed(db, bindings)) return false;
  try {
    await execute(db, 'INSERT INTO unproved_mails (brand_id, address_hash, sent_at) VALUES (?, ?, ?)', [...bindings, now]);
    return true;
  } catch (error) {
    // Another one was first.
    if (!isUniqueViolation(error)) throw error;
    await countSuppressed(db, bindings);
    return false;
  }
}

async function countSuppressed(db: Knex, bindings: readonly Binding[]): Promise<boolean> {
  const { changes } = await execute(db, 'UPDATE unproved_mails SET suppressed = suppressed + 1 WHERE brand_id = ? AND address_hash = ?', bindings);
  return changes > 0;
}

/** What is older than the limit says nothing any more. */
export const forgetUnprovedMails = (db: Knex, now: number): Promise<unknown> => execute(db, 'DELETE FROM unproved_mails WHERE sent_at < ?', [now - 2 * dayMs]);
