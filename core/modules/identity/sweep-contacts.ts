import type { ActionContext } from '../../kernel/context.ts';
import { selectRows } from '../../kernel/db/statement.ts';
import { Company } from '../companies/index.ts';
import { Contact, ContactSession } from '../contacts/index.ts';
import { dropActivity, dropContext } from '../context/index.ts';

const keptMs = 30 * 24 * 60 * 60 * 1000;
/** Rows looked at in one statement: the table may have millions. */
const stretch = 5_000;

interface Idle { id: number; uid: string }

/**
 * Takes away browsers that opened a chat and never wrote: nobody knows them, and they have not been seen for a month. Somebody
 * who comes back after that begins anew and misses nothing. Answers how many went.
 */
export async function sweepContacts(ctx: ActionContext): Promise<number> {
  const last = Number((await ctx.db('contacts').max({ id: 'id' }).first())?.id ?? 0);
  let gone = 0;
  for (let from = 0; from < last; from += stretch) {
    for (const contact of await idleBetween(ctx, from, from + stretch)) if (await remove(ctx, contact)) gone += 1;
  }
  return gone;
}

const idle = `kind = 'anonymous' AND merged_into IS NULL AND external_claim IS NULL AND name IS NULL AND created_at < ? AND COALESCE(last_seen_at, 0) < ?
  AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.contact_id = contacts.id)`;

const idleBetween = (ctx: ActionContext, from: number, to: number): Promise<Idle[]> =>
  selectRows<Idle>(ctx.db, `SELECT id, uid FROM contacts WHERE id > ? AND id <= ? AND ${idle}`, [from, to, ctx.now - keptMs, ctx.now - keptMs]);

/** Looked at again under its lock: it may be writing its first message at this moment. */
function remove(ctx: ActionContext, { id, uid }: Idle): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    await Contact.query(tx.db).findById(id).forUpdate();
    const [still] = await selectRows<Idle>(tx.db, `SELECT id FROM contacts WHERE id = ? AND ${idle}`, [id, tx.now - keptMs, tx.now - keptMs]);
    const leadsHere = await Contact.query(tx.db).findOne({ merged_into: id }).select('id');
    if (!still || leadsHere) return false;
    for (const claim of await Company.query(tx.db).where({ claimed_by: id })) {
      await dropContext(tx, 'company', claim.id);
      await Company.query(tx.db).findById(claim.id).delete();
    }
    await dropContext(tx, 'contact', id);
    await dropActivity(tx, id);
    await ContactSession.query(tx.db).where({ contact_id: id }).delete();
    await tx.db('plugin_store').where({ scope: `contact:${uid}` }).delete();
    await Contact.query(tx.db).findById(id).delete();
    return true;
  });
}
