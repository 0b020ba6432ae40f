import type { ActionContext } from '../../kernel/context.ts';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { hashToken } from '../../kernel/ids.ts';
import { Contact, createContact } from '../contacts/index.ts';
import type { BrandKey } from '../identity/index.ts';

interface Claim { claim_hash: string; contact_id: number; created_at: number }

/**
 * The contact that pages with this key told of under this id, without a proof and without a session: made once, and never
 * anybody's. Once a person behind it was verified it is no longer theirs to write to, and the next claim makes a new one.
 */
export async function claimedContact(ctx: ActionContext, { key, externalId, brand }: { key: string; externalId: string; brand: BrandKey }): Promise<Contact> {
  const claimHash = hashToken(`${brand.uid}\n${key}\n${externalId}`);
  for (let attempt = 1; ; attempt += 1) {
    const known = await find(ctx, claimHash);
    if (known) return known;
    try {
      return await ctx.transaction(async (tx) => {
        const contact = await createContact(tx, { brandId: brand.id, brandUid: brand.uid, isIdentified: true });
        await tx.db<Claim>('sdk_claims').insert({ claim_hash: claimHash, contact_id: contact.id, created_at: tx.now });
        return contact;
      });
    } catch (error) {
      // Another call was first: its contact is the one.
      if (!isUniqueViolation(error) || attempt === 5) throw error;
    }
  }
}

async function find(ctx: ActionContext, claimHash: string): Promise<Contact | null> {
  const claim = await ctx.db<Claim>('sdk_claims').where({ claim_hash: claimHash }).first();
  if (!claim) return null;
  const contact = await Contact.query(ctx.db).findById(claim.contact_id);
  if (contact && contact.kind !== 'verified' && contact.merged_into == null) return contact;
  await ctx.db<Claim>('sdk_claims').where({ claim_hash: claimHash, contact_id: claim.contact_id }).delete();
  return null;
}
