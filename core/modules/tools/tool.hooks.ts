import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const id = 'mfrggzdfmztwq2lknnwg23tpob';

export const toolHooks: HookDeclarations = {
  'tool.called': {
    kind: 'event', summary: 'A tool ran for an assistant or an operator, with or without success. What it answered is not told.', since: '0.2.0',
    sample: {
      conversation: { id, brandId: 'nbswy3dpeb3w64tmmqqgm33pme', departmentId: null, channel: 'chat', contactId: 'orsxg5a2mfrggzdfmztwq2lknn' },
      callId: id, toolId: 'shop.list-orders', effect: 'read', status: 'done', by: { type: 'assistant', id },
    },
  },
};
