import type { ReadAudience } from '@plugboard/sdk';
import * as door from '../retrieval/index.ts';

/** Goes when retrieval is there. */
const otherwise = async <T>(work: Promise<T>, instead: T): Promise<T> => work.catch((error: unknown) => {
  if (error instanceof Error && error.message === 'retrieval is not there yet') return instead;
  throw error;
});
export const indexDocument: typeof door.indexDocument = (...input) => otherwise(door.indexDocument(...input), { passages: 0 });
export const removeDocument: typeof door.removeDocument = (...input) => otherwise(door.removeDocument(...input), undefined);
export const searchPassages: typeof door.searchPassages = (...input) => otherwise(door.searchPassages(...input), { passages: [], confidence: 0 });
export const audiencesOf: typeof door.audiencesOf = (kernel, reader) => otherwise(door.audiencesOf(kernel, reader), (reader === 'public' ? ['public'] : 'operatorId' in reader ? ['public', 'signed-in', 'internal'] : ['public']) as ReadAudience[]);
