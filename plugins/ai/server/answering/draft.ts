import type { AnswerSource, Passage } from '@plugboard/sdk';

/** What one way of answering came to, before it is decided whether a person goes on. */
export interface Draft {
  text: string;
  sources: AnswerSource[];
  /** 0…100. */
  confidence: number;
  hasKnowledge: boolean;
  passages: Passage[];
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  notes: string[];
  /** Lines on tools that were called, for whoever takes over. */
  tried: string[];
  /** The model asked for a person. */
  handOver: { summary: string } | null;
  prompt: string | null;
  /** No model answered although one should have. */
  failure: 'budget' | 'failed' | null;
}

export const emptyDraft: Draft = {
  text: '', sources: [], confidence: 0, hasKnowledge: false, passages: [], model: null, inputTokens: 0, outputTokens: 0, costMicros: null, notes: [], tried: [], handOver: null, prompt: null, failure: null,
};

/** One line for each document, in the order of the passages. */
export function sourcesOf(passages: readonly Passage[]): AnswerSource[] {
  const seen = new Set<string>();
  return passages.flatMap(({ documentId, title, url }) => {
    if (seen.has(documentId)) return [];
    seen.add(documentId);
    return [{ title, url }];
  });
}
