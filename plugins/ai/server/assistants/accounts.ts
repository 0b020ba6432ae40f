import type { AssistantAccount } from '@plugboard/sdk';
import type { Assistant } from './assistant.schema.ts';
import { passesGate } from './gate.ts';

/** An assistant as the desk knows it. One that a gate keeps from answering suggests. */
export function presentAccount(assistant: Assistant): AssistantAccount {
  const { id, name, avatar, brandIds, mode, isDefault } = assistant;
  return { id, name, avatar, brandIds, mode: mode === 'answer' && !passesGate(assistant) ? 'suggest' : mode, isDefault };
}

/** Who answers in a brand where nobody was named: its default, else the first. */
export function accountFor(assistants: readonly Assistant[], brandId: string): Assistant | null {
  const answering = assistants.filter((assistant) => presentAccount(assistant).mode === 'answer' && (assistant.brandIds === 'all' || assistant.brandIds.includes(brandId)));
  return answering.find(({ isDefault }) => isDefault) ?? answering[0] ?? null;
}
