/** Bounds of one turn with a model. The desk itself ends a turn at 60 s: ours end before, so that there is time for another answer and for the summary of a hand-over. */
export const limits = {
  firstMs: 15_000,
  idleMs: 30_000,
  turnMs: 50_000,
  toolCalls: 8,
  /** Of the answer's text; a message holds 10 000 code points. */
  answerChars: 9_000,
  answerBytes: 2 * 1024 * 1024,
  embeddingBytes: 20 * 1024 * 1024,
  /** A longer wait than this for an endpoint that is busy is not worth it: the next model is asked. */
  retryMs: 4_000,
  toolResultChars: 8_000,
} as const;
