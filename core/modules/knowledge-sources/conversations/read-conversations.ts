import type { KnowledgeSource, SourceError } from '../source.model.ts';
import type { SourceRun } from '../source-run.ts';
export const readConversations = async (_run: SourceRun, _source: KnowledgeSource): Promise<SourceError | null> => null;
