import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const sample = { contactId: 'mfrggzdfmztwq2lknnwg23tpob', brandId: 'nbswy3dpeb3w64tmmqqgm33pme' };

export const contactHooks: HookDeclarations = {
  'contact.created': { kind: 'event', summary: 'A contact was made: somebody wrote for the first time, or a plugin brought a customer.', since: '0.1.0', sample },
  'contact.updated': { kind: 'event', summary: 'Name, address or language of a contact changed.', since: '0.1.0', sample },
};
