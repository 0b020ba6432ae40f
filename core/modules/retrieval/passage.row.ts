import type { DocumentKind, ReadAudience } from '@plugboard/sdk';

/** Goes up when the same text would be indexed under other terms: all passages are then indexed anew. */
export const processingVersion = 2;

/** A row of `passages`. */
export interface PassageRow {
  id: number;
  uid: string;
  kind: DocumentKind;
  document_id: string;
  source_id: string | null;
  brand_id: number | null;
  audience: ReadAudience;
  locale: string;
  position: number;
  title: string;
  /** JSON. */
  headings: string;
  /** JSON. */
  tags: string;
  url: string | null;
  text: string;
  digest: string;
  term_count: number;
  version: number;
  created_at: number;
}

/** Where a passage stands: what may change without its text. */
export type PassagePlace = Pick<PassageRow, 'position' | 'source_id' | 'brand_id' | 'audience' | 'url'>;
