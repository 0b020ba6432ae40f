import type { ActionContext } from '../../kernel/context.ts';
import { findBrandById } from '../brands/index.ts';

export const brandLocale = async (ctx: ActionContext, brandId: number): Promise<string> => (await findBrandById(ctx.db, brandId))?.locale ?? 'en';
