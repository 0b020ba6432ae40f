import type { Actor } from './actor.ts';

/** May this actor do this to that object? Pure: everything it needs is in its arguments. */
export type PolicyRule<O = never> = (actor: Actor, object: O) => boolean;
export type PolicyTable = Readonly<Record<string, PolicyRule>>;

export interface Policies {
  /** Throws for an action that no module declared. */
  can(actor: Actor, action: string, object?: unknown): boolean;
  actions(): string[];
}

/** One table out of those of all modules. An action may be declared once. */
export function createPolicies(tables: readonly PolicyTable[]): Policies {
  const rules = new Map<string, PolicyRule>();
  for (const table of tables) {
    for (const [action, rule] of Object.entries(table)) {
      if (rules.has(action)) throw new Error(`policy ${action} is declared twice`);
      rules.set(action, rule);
    }
  }
  return {
    can(actor, action, object) {
      const rule = rules.get(action);
      if (!rule) throw new Error(`no policy ${action}`);
      return actor.type === 'system' || rule(actor, object as never);
    },
    actions: () => [...rules.keys()].sort(),
  };
}
