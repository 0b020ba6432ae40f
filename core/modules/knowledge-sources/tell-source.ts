import type { ActionContext } from '../../kernel/context.ts';
import type { BroadcastHandler } from '../../kernel/realtime/realtime.ts';
import { brandUids } from '../brands/index.ts';
import type { KnowledgeSource } from './source.model.ts';
import type { SourceAccess } from './source.policy.ts';

const topic = 'knowledge-source.changed';

/** Open screens show the source anew. */
export const tellSource = (tx: ActionContext, source: Pick<KnowledgeSource, 'uid' | 'brand_id'>): Promise<void> =>
  tx.broadcast(topic, { sourceId: source.uid, brandId: source.brand_id });

/** What is always told is not what it was. Of texts that are found the index tells by itself. */
export async function tellGuidance(tx: ActionContext, brandId: number | null): Promise<void> {
  await tx.emit('knowledge.changed', { brandId: brandId === null ? null : (await brandUids(tx.db)).get(brandId) ?? null });
}

export const sourceBroadcasts: Readonly<Record<string, BroadcastHandler>> = {
  [topic]: async (entry, { kernel }) => {
    const { sourceId, brandId } = entry.payload as { sourceId: string; brandId: number | null };
    const source: SourceAccess = { brand_id: brandId };
    kernel.realtime.toOperators('knowledge:changed', { sourceId }, ({ actor }) => kernel.policies.can(actor, 'knowledge-source.view', source));
  },
};
