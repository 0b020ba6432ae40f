import type { Knex } from 'knex';
import { systemAuthor, type Author } from '../messages/index.ts';

/** An assistant as the author of what it did, also when its plugin is gone. */
export async function accountAuthor(db: Knex, operatorId: number | null): Promise<Author> {
  const row = operatorId === null ? undefined : await db<{ id: number; uid: string; name: string }>('operators').where({ id: operatorId }).first('id', 'uid', 'name');
  return row ? { type: 'assistant', ...row } : systemAuthor;
}
