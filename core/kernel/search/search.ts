import type { SearchProvider } from '@plugboard/sdk';

/** The place where a plugin's search engine stands in for the database's own full text. */
export interface Search {
  /** The engine that an active plugin provides, or null. */
  provider(): SearchProvider | null;
  /** Says where engines come from; the plugin host is made after the kernel. */
  from(source: () => SearchProvider | null): void;
}

export function createSearch(): Search {
  let current: () => SearchProvider | null = () => null;
  return {
    provider: () => current(),
    from(source) { current = source; },
  };
}
