import { Model } from 'objection';

export type ContactKind = 'anonymous' | 'identified' | 'verified';

/** A customer: a browser, somebody who told an address, or somebody who proved who they are. */
export class Contact extends Model {
  static override tableName = 'contacts';
  declare id: number;
  declare uid: string;
  declare kind: ContactKind;
  declare name: string | null;
  /** The name in lower case, for look-ups by its beginning. */
  declare search_name: string | null;
  /** Of a verified contact the address that was proved, or none; else what somebody typed. */
  declare email: string | null;
  /** The address again where it leads to this contact: one contact of a brand at most. */
  declare proved_email: string | null;
  /** The customer's own id of this person, proved; one contact of a brand at most. */
  declare external_id: string | null;
  /** The same as somebody told it without a proof; any number of contacts may. */
  declare external_claim: string | null;
  /** JSON: what a proof stands behind. */
  declare traits: string | null;
  /** JSON: what anybody may have said. */
  declare claimed_traits: string | null;
  declare locale: string | null;
  declare time_zone: string | null;
  declare signed_up_at: number | null;
  declare verified_at: number | null;
  /** Row id of the contact that this one became part of; the row only leads there. */
  declare merged_into: number | null;
  declare company_id: number | null;
  declare brand_id: number;
  declare last_seen_at: number | null;
  declare created_at: number;
  declare updated_at: number;
}
