import type { ActionContext } from '../../../kernel/context.ts';
export const dropLostConversations = async (_ctx: ActionContext): Promise<void> => undefined;
export const dropConversation = async (_tx: ActionContext, _id: number): Promise<void> => undefined;
