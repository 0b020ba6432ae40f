import type { ContactRef } from '../../../../shared/conversations.ts';

/** The name, else the address, else "Visitor" with the start of the id, so that two visitors are told apart. */
export function contactName(contact: ContactRef, t: (key: string, values: Record<string, unknown>) => string): string {
  return contact.name || contact.email || t('inbox.visitor', { code: contact.id.slice(0, 4).toUpperCase() });
}
