import type { KnowledgeReader, Passage, PluginContext } from '@plugboard/sdk';
import type { Asked } from './asked.ts';

export interface Found { passages: Passage[]; confidence: number; /** Was the question read together with the one before? */ isJoined: boolean }
export interface FindInput { brandId: string; reader: KnowledgeReader; /** False for passages that must not be used. */ allows?(passage: Passage): boolean }

const maxQuery = 1_000;

/** What the knowledge holds on a question; one that leans on the question before is looked up together with it. */
export async function findPassages({ knowledge }: Pick<PluginContext, 'knowledge'>, asked: Asked, { brandId, reader, allows = () => true }: FindInput): Promise<Found> {
  const search = async (query: string): Promise<Omit<Found, 'isJoined'>> => {
    if (query.trim() === '') return { passages: [], confidence: 0 };
    const { passages, confidence } = await knowledge.search({ query: query.slice(-maxQuery), brandId, for: reader, locale: asked.locale, limit: 8 });
    const allowed = passages.filter(allows);
    return { passages: allowed, confidence: allowed.length > 0 ? confidence : 0 };
  };
  const alone = await search(asked.text);
  if (!asked.isFollowUp || asked.previous === null) return { ...alone, isJoined: false };
  const joined = await search(`${asked.previous}\n${asked.text}`);
  return alone.confidence > joined.confidence + 20 ? { ...alone, isJoined: false } : { ...joined, isJoined: true };
}
