/** A name as part of an address: lower-case letters, digits and hyphens. Empty when nothing of the name fits. */
export function slugOf(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-+|-+$/g, '');
}
