import type { Texts } from './texts.ts';

/** What the server writes into the page: whose portal it is, and its texts in the language that the browser asked for. */
export interface PortalData {
  brand: { name: string; slug: string; color: string };
  locale: string;
  texts: Texts;
}

export function readData(page: Document): PortalData {
  const block = page.getElementById('portal-data')?.textContent;
  if (!block) throw new Error('The page came without its data');
  return JSON.parse(block) as PortalData;
}
