import type { AssistantTurn, KnowledgeReader, Passage, TurnContact } from '@plugboard/sdk';
import { newId } from './ids.ts';

/** `internal`: as an operator reads; `signed-in`: the same without internal texts. */
export type Audience = 'public' | 'signed-in' | 'internal';

/** Who reads the knowledge in a trial. Without an operator nobody reads more than the public. */
export function readerOf(audience: Audience, operatorId: string | null): { reader: KnowledgeReader; allows(passage: Passage): boolean } {
  const isPublic = audience === 'public' || operatorId === null;
  return { reader: isPublic ? 'public' : { operatorId }, allows: (passage) => (isPublic ? passage.audience === 'public' : audience === 'internal' || passage.audience !== 'internal') };
}

export interface Trial {
  brandId: string; locale: string; messages: { author: 'contact' | 'assistant'; text: string }[];
  assistantId?: string | undefined; departmentId?: string | null; page?: string; traits?: TurnContact['traits']; context?: Pick<TurnContact['context'][number], 'key' | 'label' | 'type' | 'value'>[]; isVerified?: boolean;
}

/** A turn of a conversation that is not there: with it answers are tried that nobody gets. */
export function trialTurn({ brandId, locale, messages, assistantId = '', departmentId = null, page = '', traits = {}, context = [], isVerified = false }: Trial): AssistantTurn {
  const now = new Date().toISOString();
  const isError = ({ type }: { type: string }): number => (type === 'error' ? 0 : 1);
  return {
    runId: newId(), assistantId, mode: 'answer', answers: messages.filter(({ author }) => author === 'assistant').length, tools: [], decided: [],
    conversation: { id: newId(), brandId, channel: 'chat', departmentId, subject: null, locale, isTicket: false, createdAt: now, meta: page ? { page } : {} },
    contact: {
      id: newId(), kind: isVerified ? 'verified' : 'anonymous', name: null, locale, traits, company: null,
      context: [...context].sort((a, b) => isError(a) - isError(b)).map((entry) => ({ ...entry, description: null, isTrusted: true })),
    },
    messages: messages.map(({ author, text }, index) => ({ seq: index + 1, author, name: '', text, attachments: [], createdAt: now })),
  };
}
