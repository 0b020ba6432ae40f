import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const sample = { contactId: 'mfrggzdfmztwq2lknnwg23tpob', brandId: 'nbswy3dpeb3w64tmmqqgm33pme' };

export const contactHooks: HookDeclarations = {
  'contact.created': { kind: 'event', summary: 'A contact was made: somebody wrote for the first time, or a plugin brought a customer.', since: '0.1.0', sample },
  'contact.updated': { kind: 'event', summary: 'Name, address, language or proof of a contact changed.', since: '0.1.0', sample },
  'contact.merged': {
    kind: 'event', summary: 'A contact became part of another one: what is kept under `fromContactId` belongs to `contactId` now.', since: '0.1.0',
    sample: { ...sample, fromContactId: 'orsxg5a2mfrggzdfmztwq2lknn' },
  },
};
