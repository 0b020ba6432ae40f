import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const id = 'mfrggzdfmztwq2lknnwg23tpob';
const conversation = { id, brandId: 'nbswy3dpeb3w64tmmqqgm33pme', departmentId: null, channel: 'chat', contactId: 'orsxg5a2mfrggzdfmztwq2lknn' };

export const assistantHooks: HookDeclarations = {
  'assistant.turn-ended': {
    kind: 'event', since: '0.1.0', summary: 'A turn of an assistant ended: it answered, gave the conversation to people, or somebody else spoke first.',
    sample: { conversation, runId: id, assistantId: id, status: 'answered', reason: null, confidence: 82, question: 'Where is my order?', locale: 'en' },
  },
  'assistant.answer-rated': {
    kind: 'event', since: '0.1.0', summary: 'Somebody said whether an answer was good.',
    sample: { conversation, runId: id, assistantId: id, rating: 'up', by: 'contact' },
  },
};
