import type { z } from '@plugboard/sdk';
import { iso } from '../fields.ts';
import type { Assistant, assistantSchema } from './assistant.schema.ts';
import { configOf } from './assistant.store.ts';
import { passesGate } from './gate.ts';

/** An assistant as the admin's API tells it. */
export function presentAssistant(assistant: Assistant): z.output<typeof assistantSchema> {
  const { id, name, mode, isDefault, version, scores, createdAt, updatedAt } = assistant;
  return { ...configOf(assistant), id, name, mode, isDefault, version, scores, passesGate: passesGate(assistant), createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
}
