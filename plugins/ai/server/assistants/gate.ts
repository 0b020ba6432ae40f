import type { Assistant } from './assistant.schema.ts';

/** Does its newest bench run reach what the gate asks for? Without a run it does not. */
export function passesGate({ gate, scores }: Pick<Assistant, 'gate' | 'scores'>): boolean {
  return (['answered', 'escalated', 'grounded'] as const).every((kind) => gate[kind] === null || (scores?.[kind] ?? -1) >= gate[kind]);
}
