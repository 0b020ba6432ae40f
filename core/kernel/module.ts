import type { ActionContext, Kernel } from './context.ts';
import type { HookDeclarations } from './hooks/hooks.ts';
import type { Route } from './http/route.ts';
import type { PolicyTable } from './policy/policy.ts';
import type { BroadcastHandler } from './realtime/realtime.ts';

/** What a module gives to the composition root. Everything is optional but its name. */
export interface Module {
  readonly id: string;
  readonly routes?: readonly Route[];
  readonly policies?: PolicyTable;
  readonly hooks?: HookDeclarations;
  /** How a broadcast topic reaches the sockets of this process, after commit. */
  readonly broadcasts?: Readonly<Record<string, BroadcastHandler>>;
  /** Defines jobs, schedules and realtime events; runs once in every process before it serves. */
  start?(kernel: Kernel, context: (actor?: ActionContext['actor']) => ActionContext): Promise<void> | void;
  stop?(kernel: Kernel): Promise<void> | void;
}

export const defineModule = (module: Module): Module => module;
