import type { Traits } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { limits } from '../../shared/limits.ts';
import { companyTraitsSchema, externalIdSchema, sdkLimits, type CompanyRef } from '../../shared/sdk-api.ts';
import { addTraits, plainJson, readTraits } from '../contacts/index.ts';
import { Company } from './company.model.ts';

/** A claim belongs to the contact that made it; `0` is the company that a proof stands behind. */
export interface CompanyKey { brandId: number; externalId: string; claimedBy: number }

export const findCompany = (db: Knex, { brandId, externalId, claimedBy }: CompanyKey): Promise<Company | undefined> =>
  Company.query(db).findOne({ brand_id: brandId, external_id: externalId, claimed_by: claimedBy }).execute();

export const findCompanyById = (db: Knex, id: number): Promise<Company | undefined> => Company.query(db).findById(id).execute();

/** The company of that id, made where there is none and locked for the rest of the transaction, with traits added. */
export async function upsertCompany(tx: ActionContext, key: CompanyKey, given: Traits = {}): Promise<Company> {
  const externalId = externalIdSchema.safeParse(key.externalId);
  if (!externalId.success) throw invalid('company_id', 'invalid');
  const { name, ...rest } = checkTraits(given);
  const named = typeof name === 'string' ? [...name.toWellFormed().trim()].slice(0, limits.name).join('').replaceAll('\u0000', '') : '';
  const at = { ...key, externalId: externalId.data };
  // Two may bring a new company at once: the second one finds the row there and waits for its lock.
  if (!await findCompany(tx.db, at)) {
    await tx.db('companies').insert({
      uid: newId(), brand_id: at.brandId, external_id: at.externalId, claimed_by: at.claimedBy, name: null, traits: '{}', created_at: tx.now, updated_at: tx.now,
    }).onConflict(['brand_id', 'external_id', 'claimed_by']).ignore();
  }
  const company = await Company.query(tx.db).findOne({ brand_id: at.brandId, external_id: at.externalId, claimed_by: at.claimedBy }).forUpdate();
  if (!company) throw new Error('a company that was just made is gone');
  const changed = {
    ...(named === '' ? {} : { name: named }), updated_at: tx.now,
    traits: addTraits(company.traits, typeof name === 'string' || name === undefined ? rest : { ...rest, name }, sdkLimits.companyTraitsBytes),
  };
  await Company.query(tx.db).findById(company.id).patch(changed);
  return Object.assign(company, changed);
}

function checkTraits(given: Traits): Traits {
  const checked = companyTraitsSchema.safeParse(plainJson(given));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw invalid(['traits', ...issue?.path ?? []].join('.'), issue?.code === 'custom' ? issue.message : 'invalid');
}

export const presentCompany = (company: Company): CompanyRef =>
  ({ id: company.uid, externalId: company.external_id, name: company.name, traits: readTraits(company.traits), isTrusted: company.claimed_by === 0 });
