import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { callTool, turnTools } from './call-tool.ts';
import { callsOfTurns } from './calls-of-turns.ts';
import { takeDecided } from './decided-calls.ts';
import { rememberProviders } from './known-tools.ts';
import { sweepCalls } from './sweep-calls.ts';
import { toolHooks } from './tool.hooks.ts';
import { toolPolicies } from './tool.policy.ts';
import { toolBroadcasts } from './tools.broadcasts.ts';
import { toolRoutes } from './tools.routes.ts';

export { callTool, turnTools, type TurnOf, type TurnToolCall } from './call-tool.ts';
export { decidedCalls, endCalls, markTold, takeDecided } from './decided-calls.ts';
export { sweepCalls } from './sweep-calls.ts';

/** What an assistant's turn needs of the tools. */
export const turnToolbox = { list: turnTools, call: callTool, takeDecided, callsOf: callsOfTurns };

/** Tools of plugins for assistants and operators: who may use which, what a person has to approve, and what came of it. */
export const createToolsModule = (providers: () => Providers): Module => defineModule({
  id: 'tools',
  routes: toolRoutes,
  policies: toolPolicies,
  hooks: toolHooks,
  broadcasts: toolBroadcasts,
  start(kernel, context) {
    rememberProviders(kernel, providers);
    kernel.jobs.schedule('tools.sweep', '* * * * *', () => sweepCalls(context()));
  },
});
