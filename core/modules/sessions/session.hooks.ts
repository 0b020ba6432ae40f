import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';

const operatorId = 'k3v7x2mqp5t4a6b7c2d3e4f5g6';

export const sessionHooks: HookDeclarations = {
  'operator.sign-in': { kind: 'guard', summary: 'May this operator sign in? Asked after the password was right.', since: '0.1.0', sample: { operatorId } },
  'operator.signed-in': { kind: 'event', summary: 'An operator has signed in.', since: '0.1.0', sample: { operatorId } },
};
