import type { ContextType } from '@plugboard/sdk';
import { Model } from 'objection';

export type ContextOwnerType = 'contact' | 'company';
/** Whose entries they are, with the brand that the keys are listed in. */
export interface ContextOwner { type: ContextOwnerType; id: number; brandId: number }

/** What is happening for a contact or a company right now, under one key. */
export class ContextEntryRow extends Model {
  static override tableName = 'context_entries';
  declare id: number;
  declare owner_type: ContextOwnerType;
  declare owner_id: number;
  declare entry_key: string;
  declare label: string;
  declare type: ContextType;
  /** JSON. */
  declare value: string;
  /** 1 when a server key or a signed token stands behind it. */
  declare is_trusted: number;
  declare updated_at: number;
}

/** A key that was seen in a brand. */
export class ContextKey extends Model {
  static override tableName = 'context_keys';
  declare id: number;
  declare brand_id: number;
  declare entry_key: string;
  declare label: string;
  declare type: ContextType;
  declare description: string;
  declare first_seen_at: number;
  declare last_seen_at: number;
}

export class ContactActivity extends Model {
  static override tableName = 'contact_activity';
  declare id: number;
  declare contact_id: number;
  declare kind: 'event' | 'page';
  declare name: string;
  declare meta: string;
  declare created_at: number;
}
