import type { Traits } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { Company, findCompany, findCompanyById, upsertCompany } from '../companies/index.ts';
import { Contact, lockLiving, readContact, tellContactDetail } from '../contacts/index.ts';
import { dropContext, setContext, type ContextChange } from '../context/index.ts';
import type { BrandKey } from './verify-contact.ts';

export interface CompanyIdentification {
  contactId: string;
  isTrusted: boolean;
  externalId: string;
  traits?: Traits | undefined;
  context?: ContextChange | undefined;
}

/**
 * The company that a contact belongs to. With a proof it is the brand's one company of that id. Without one it is a claim
 * that belongs to this contact alone: it never touches, and never leads to, a company that others share.
 */
export async function identifyCompany(ctx: ActionContext, input: CompanyIdentification): Promise<void> {
  const known = await readContact(ctx.db, input.contactId);
  await ctx.transaction(async (tx) => {
    const contact = await lockLiving(tx.db, known.id);
    const present = contact.company_id === null ? undefined : await findCompanyById(tx.db, contact.company_id);
    const ofContact = { type: 'contact', id: contact.id, brandId: contact.brand_id } as const;
    if (!input.isTrusted && present?.claimed_by === 0) {
      // The company is proved. What the page tells is about this person, then.
      if (input.context) await setContext(tx, ofContact, input.context, false);
    } else {
      const company = await upsertCompany(tx, { brandId: contact.brand_id, externalId: input.externalId, claimedBy: input.isTrusted ? 0 : contact.id }, input.traits);
      if (input.context) await setContext(tx, { type: 'company', id: company.id, brandId: contact.brand_id }, input.context, input.isTrusted);
      await attach(tx, contact, company);
    }
    await tellContactDetail(tx, contact.id);
  });
}

async function attach(tx: ActionContext, contact: Contact, company: Company): Promise<void> {
  for (const claim of await Company.query(tx.db).where({ claimed_by: contact.id }).whereNot({ id: company.id })) {
    await dropContext(tx, 'company', claim.id);
    await Company.query(tx.db).findById(claim.id).delete();
  }
  if (contact.company_id !== company.id) await Contact.query(tx.db).findById(contact.id).patch({ company_id: company.id });
}

/** A company told of by a server, with or without a person. */
export async function upsertTrustedCompany(ctx: ActionContext, input: { brand: BrandKey; externalId: string; traits?: Traits | undefined; context?: ContextChange | undefined }): Promise<Company> {
  return ctx.transaction(async (tx) => {
    const company = await upsertCompany(tx, { brandId: input.brand.id, externalId: input.externalId, claimedBy: 0 }, input.traits);
    if (input.context) await setContext(tx, { type: 'company', id: company.id, brandId: input.brand.id }, input.context, true);
    await tellMembers(tx, company);
    return company;
  });
}

/** Entries of a company that a proof stands behind; `null` clears all of them. */
export async function setCompanyContext(ctx: ActionContext, input: { brand: BrandKey; externalId: string; entries: ContextChange | null }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const company = await findCompany(tx.db, { brandId: input.brand.id, externalId: input.externalId, claimedBy: 0 });
    if (!company) throw notFound('company');
    await Company.query(tx.db).findById(company.id).forUpdate();
    if (await setContext(tx, { type: 'company', id: company.id, brandId: input.brand.id }, input.entries, true)) await tellMembers(tx, company);
  });
}

/** Open panes show one contact each: the newest members are told, and others see it when they are opened. */
const membersTold = 20;

async function tellMembers(tx: ActionContext, company: Company): Promise<void> {
  const members = await Contact.query(tx.db).where({ company_id: company.id }).orderBy('id', 'desc').limit(membersTold).select('id');
  for (const { id } of members) await tellContactDetail(tx, id);
}
