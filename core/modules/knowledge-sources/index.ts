import type { ActionContext } from '../../kernel/context.ts';
import { defineModule } from '../../kernel/module.ts';

/** Texts that are always told to an assistant, of the brand (row id) and of all brands. */
export const guidanceOf = async (_ctx: ActionContext, _brandId: number): Promise<{ title: string; text: string }[]> => [];

export const knowledgeSourcesModule = defineModule({ id: 'knowledge-sources' });
