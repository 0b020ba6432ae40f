import type { Knex } from 'knex';
import type { MailRecipient, MailResult } from '@plugboard/sdk';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';
import { Brand, findBrand } from '../brands/index.ts';
import { findContact, provedAddressOf } from '../contacts/index.ts';
import { findOperator } from '../operators/index.ts';

export interface Recipient {
  address: string;
  name: string | null;
  locale: string | null;
  timeZone: string | null;
  brand: Brand | null;
  /** Nobody proved that the address is theirs: it gets one mail a day. */
  isLimited: boolean;
}
type Suppressed = Extract<MailResult, { status: 'suppressed' }>;

const suppressed = (reason: Suppressed['reason']): Suppressed => ({ status: 'suppressed', reason });

/** Where a mail goes, or why it goes nowhere. */
export async function findRecipient(db: Knex, to: MailRecipient, brandId: string | undefined, template: Pick<RegisteredTemplate, 'audience' | 'toUnverified'>): Promise<Recipient | Suppressed> {
  if ('contactId' in to) return ofContact(db, to.contactId, template.toUnverified ?? false);
  const brand = brandId === undefined ? null : await findBrand(db, brandId) ?? null;
  if ('operatorId' in to) {
    const operator = await findOperator(db, { uid: to.operatorId });
    if (!operator || operator.is_active !== 1 || operator.kind !== 'human') return suppressed('gone');
    return { address: operator.email, name: operator.name, locale: operator.locale, timeZone: operator.time_zone, brand, isLimited: false };
  }
  // An address alone proves nothing: it gets what a stranger may read, unless the mail is for the people of the desk.
  if (template.audience === 'contact' && !template.toUnverified) return suppressed('unverified');
  return { address: to.address, name: to.name ?? null, locale: null, timeZone: null, brand, isLimited: false };
}

async function ofContact(db: Knex, contactId: string, isForStrangers: boolean): Promise<Recipient | Suppressed> {
  const contact = await findContact(db, contactId);
  if (!contact) return suppressed('gone');
  const proved = provedAddressOf(contact);
  const address = proved ?? contact.email;
  if (!address) return suppressed('no-address');
  if (!proved && !isForStrangers) return suppressed('unverified');
  // The name of a stranger is what somebody typed: it stays out of the mail's head.
  const brand = await Brand.query(db).findById(contact.brand_id) ?? null;
  return { address, name: proved ? contact.name : null, locale: contact.locale, timeZone: contact.time_zone ?? null, brand, isLimited: !proved };
}
