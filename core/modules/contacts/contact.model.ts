import { Model } from 'objection';

export type ContactKind = 'anonymous' | 'identified' | 'verified';

/** A customer: a browser, somebody who told an address, or somebody who proved it. */
export class Contact extends Model {
  static override tableName = 'contacts';
  declare id: number;
  declare uid: string;
  declare kind: ContactKind;
  declare name: string | null;
  /** The name in lower case, for look-ups by its beginning. */
  declare search_name: string | null;
  declare email: string | null;
  declare locale: string | null;
  declare brand_id: number;
  declare last_seen_at: number | null;
  declare created_at: number;
  declare updated_at: number;
}
