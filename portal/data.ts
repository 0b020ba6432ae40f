/** What the server writes into the page: whose portal it is, and the widget to show (null while the chat is off). */
export interface PortalData {
  brand: { name: string; slug: string; color: string; locale: string };
  widget: string | null;
}

export function readData(page: Document): PortalData {
  const block = page.getElementById('data')?.textContent ?? '';
  const data = JSON.parse(block) as PortalData | null;
  return data ?? { brand: { name: 'Plugboard', slug: 'default', color: '#06548c', locale: 'en' }, widget: null };
}
