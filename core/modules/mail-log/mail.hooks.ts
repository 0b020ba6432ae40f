import { z } from 'zod';
import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

export const mailHooks: HookDeclarations = {
  'notification.outgoing': {
    kind: 'filter', since: '0.1.0', summary: 'A mail, before its first try. Its recipient stays.',
    schema: z.strictObject({ subject: z.string().max(500), text: z.string().max(200_000), html: z.string().max(500_000).nullable() }),
    sample: { subject: 'Your conversation', text: 'Hello!', html: null },
  },
};
