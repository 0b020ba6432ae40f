import type { PluginContext } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { defineModule } from '../../kernel/module.ts';

/** Turns that ended, for plugins. */
export const createPluginRuns = (_kernel: Kernel): PluginContext['assistants']['runs'] => async () => ({ data: [], nextCursor: null });

export const assistantsModule = defineModule({ id: 'assistants' });
