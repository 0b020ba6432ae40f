import { z } from 'zod';
import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const source = z.string().regex(/^(?:https?|wss?):\/\/[\w*.:[\]-]+$/).max(300);
const sources = z.array(source).max(50);

export const pluginHooks: HookDeclarations = {
  'csp.sources': {
    kind: 'filter', since: '0.1.0', summary: 'Further origins that a page of the desk may reach.',
    schema: z.strictObject({ connect: sources, img: sources, frame: sources }), sample: { connect: ['https://api.example.com'], img: [], frame: [] },
  },
  'placeholders.values': {
    kind: 'filter', since: '0.1.0', summary: 'Values for the placeholders of a mail, before it is written.',
    schema: z.record(z.string().max(100), z.json()), sample: { contact: { name: 'Ada' } },
  },
  'plugin.activated': { kind: 'event', since: '0.1.0', summary: 'A plugin was switched on.', sample: { pluginId: 'chat' } },
  'plugin.deactivated': { kind: 'event', since: '0.1.0', summary: 'A plugin was switched off.', sample: { pluginId: 'chat' } },
};
