import type english from '../../locales/en/api-docs.json';

export type Texts = Record<keyof typeof english, string>;

/** What the server writes into the page: texts in the language that the browser asked for, and who is signed in. */
export interface PageData {
  locale: string;
  locales: { id: string; direction: 'ltr' | 'rtl' }[];
  texts: Texts;
  operator: string | null;
}

export function readData(page: Document): PageData {
  const block = page.getElementById('page-data')?.textContent;
  if (!block) throw new Error('The page came without its data');
  return JSON.parse(block) as PageData;
}

export async function loadTexts(locale: string): Promise<Texts> {
  const response = await fetch(`/api/v1/i18n/${locale}/api-docs`);
  if (!response.ok) throw new Error(`The texts answered ${response.status}`);
  return response.json() as Promise<Texts>;
}
