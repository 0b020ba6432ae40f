import type { CallActor, EventName, FilterHooks, FilterName, GuardHooks, GuardName } from '@plugboard/sdk';
import type { z } from 'zod';

/** A hook as its module declares it, beside the code that fires it. */
export interface HookDeclaration {
  kind: 'filter' | 'guard' | 'event';
  summary: string;
  since: string;
  /** What a filter may answer; anything else leaves the value as it was. */
  schema?: z.ZodType;
  /** 2 000 unless told. */
  timeoutMs?: number;
  deprecation?: { replacement: string; removeIn: string };
  /** An example value, for the hook explorer and for tests. */
  sample: unknown;
}
export type HookDeclarations = Readonly<Partial<Record<FilterName | GuardName | EventName, HookDeclaration>>>;

export interface GuardResult { allowed: boolean; /** Text of the refusal, in the asker's language. */ reason?: string; pluginId?: string }

/** Fires hooks of active plugins under the time limits, breakers and error boundaries of the host. With no listener both cost a Map look-up. */
export interface Hooks {
  filter<N extends FilterName>(name: N, value: FilterHooks[N]['value'], context: FilterHooks[N]['context'], actor: CallActor): Promise<FilterHooks[N]['value']>;
  guard<N extends GuardName>(name: N, input: GuardHooks[N]['input'], actor: CallActor, locale?: string): Promise<GuardResult>;
  declarations(): { name: string; declaration: HookDeclaration; listeners: string[] }[];
}
