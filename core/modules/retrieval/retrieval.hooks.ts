import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

export const retrievalHooks: HookDeclarations = {
  'knowledge.changed': {
    kind: 'event', since: '0.1.0',
    summary: 'What answers stand on changed: articles, sources or other texts, of one brand or of all. Told once for many changes.',
    sample: { brandId: 'nbswy3dpeb3w64tmmqqgm33pme' },
  },
};
