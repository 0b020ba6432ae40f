/** The public plugin API. See docs/plugins. */
export { z } from 'zod';
export * from './assistants.ts';
export * from './cards.ts';
export * from './context.ts';
export * from './dto.ts';
export * from './hooks.ts';
export * from './knowledge.ts';
export * from './mailbox.ts';
export * from './manifest.ts';
export * from './plugin.ts';
export * from './providers.ts';
export * from './realtime.ts';
export * from './routes.ts';
