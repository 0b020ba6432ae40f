import type { CallActor, FilterHooks, FilterName, GuardHooks, GuardName } from '@plugboard/sdk';
import type { Log } from '../log/log.ts';
import type { PluginCalls } from '../plugins/plugin-calls.ts';
import { checkFiltered } from './filter-result.ts';
import type { GuardResult, HookDeclaration, HookDeclarations, Hooks } from './hooks.ts';

export type HookKind = HookDeclaration['kind'];

/** One handler of one plugin. Its time limit and its breaker belong to the point, not to it. */
export interface HookListener {
  readonly pluginId: string;
  readonly priority: number;
  /** Arguments as the SDK declares them for this kind. */
  readonly handle: (...args: never[]) => unknown;
  /** Counts a call as work that closing the plugin waits for. It ends with the time limit, whatever the handler does. */
  track<T>(work: () => Promise<T>): Promise<T>;
}

/** The registry as the plugin host sees it; modules see `Hooks`. */
export interface HookRegistry extends Hooks {
  /** Answers the function that takes the listener away. Throws for a hook that nobody declared. */
  add(kind: HookKind, name: string, listener: HookListener): () => void;
  listeners(kind: HookKind, name: string): readonly HookListener[];
}

export interface HookDeps {
  declarations: readonly HookDeclarations[];
  calls: PluginCalls;
  /** `ns:key` in a language. */
  text(key: string, locale: string): string;
  log: Log;
}

const defaultTimeoutMs = 2_000;
/** Priority of a handler that names none. */
export const defaultPriority = 10;

/** Makes the registry out of what the modules declare. It serves before the plugin host starts: nobody listens yet. */
export function createHooks(deps: HookDeps): HookRegistry {
  return new Registry(deps);
}

class Registry implements HookRegistry {
  readonly #deps: HookDeps;
  readonly #declared = new Map<string, HookDeclaration>();
  readonly #listeners = new Map<string, readonly HookListener[]>();

  constructor(deps: HookDeps) {
    this.#deps = deps;
    for (const [name, declaration] of deps.declarations.flatMap((table) => Object.entries(table))) {
      if (this.#declared.has(name)) throw new Error(`hook ${name} is declared twice`);
      this.#declared.set(name, declaration);
    }
  }

  async filter<N extends FilterName>(name: N, value: FilterHooks[N]['value'], context: FilterHooks[N]['context'], actor: CallActor): Promise<FilterHooks[N]['value']> {
    const listeners = this.#listeners.get(`filter ${name}`);
    if (!listeners) return value;
    let current = value;
    for (const listener of listeners) current = await this.#filterOne(name, current, context, actor, listener);
    return current;
  }

  async guard<N extends GuardName>(name: N, input: GuardHooks[N]['input'], actor: CallActor, locale = 'en'): Promise<GuardResult> {
    for (const listener of this.#listeners.get(`guard ${name}`) ?? []) {
      const denial = await this.#guardOne(name, input, actor, locale, listener);
      if (denial) return { allowed: false, reason: denial, pluginId: listener.pluginId };
    }
    return { allowed: true };
  }

  add(kind: HookKind, name: string, listener: HookListener): () => void {
    const declaration = this.#declared.get(name);
    if (declaration?.kind !== kind) throw new Error(`there is no ${kind} ${name}`);
    if (declaration.deprecation) this.#deps.log.warn({ plugin: listener.pluginId, hook: name, ...declaration.deprecation }, 'a plugin uses a deprecated hook');
    const key = `${kind} ${name}`;
    const order = (a: HookListener, b: HookListener) => a.priority - b.priority || a.pluginId.localeCompare(b.pluginId);
    this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener].sort(order));
    return () => {
      const rest = (this.#listeners.get(key) ?? []).filter((other) => other !== listener);
      if (rest.length > 0) this.#listeners.set(key, rest);
      else this.#listeners.delete(key);
    };
  }

  listeners(kind: HookKind, name: string): readonly HookListener[] {
    return this.#listeners.get(`${kind} ${name}`) ?? [];
  }

  declarations(): { name: string; declaration: HookDeclaration; listeners: string[] }[] {
    return [...this.#declared].sort(([a], [b]) => a.localeCompare(b)).map(([name, declaration]) => ({
      name, declaration, listeners: this.listeners(declaration.kind, name).map((listener) => listener.pluginId),
    }));
  }

  #options(kind: HookKind, name: string, pluginId: string) {
    return { pluginId, point: `${kind} ${name}`, stage: 'hook', timeoutMs: this.#declared.get(name)?.timeoutMs ?? defaultTimeoutMs };
  }

  /** Open: whatever goes wrong, the value stays as it was. */
  async #filterOne<V>(name: string, value: V, context: unknown, actor: CallActor, listener: HookListener): Promise<V> {
    const options = this.#options('filter', name, listener.pluginId);
    const handle = listener.handle as (value: V, context: unknown, call: object) => unknown;
    try {
      const answer = await listener.track(() => this.#deps.calls.run(options, (signal) => handle(structuredClone(value), structuredClone(context), { signal, actor })));
      const checked = checkFiltered(value, answer, this.#declared.get(name)?.schema);
      if (checked.ok) return checked.value;
      this.#deps.calls.rubbish(options, new Error(`${name} was answered with what it does not take: ${checked.reason}`));
    } catch {
      // Counted, told and logged by the calls; the value goes on unchanged.
    }
    return value;
  }

  /** Closed: whatever goes wrong, the answer is no. */
  async #guardOne(name: string, input: unknown, actor: CallActor, locale: string, listener: HookListener): Promise<string | undefined> {
    const options = this.#options('guard', name, listener.pluginId);
    const handle = listener.handle as (input: unknown, call: object) => unknown;
    try {
      const answer = await listener.track(() => this.#deps.calls.run(options, (signal) => handle(structuredClone(input), { signal, actor })));
      if (answer === undefined || answer === null) return undefined;
      const { deny } = answer as { deny?: unknown };
      if (typeof deny === 'string') return this.#deps.text(`plugin.${listener.pluginId}:${deny}`, locale);
      this.#deps.calls.rubbish(options, new Error(`${name} was answered with neither nothing nor { deny }`));
    } catch {
      // Counted, told and logged by the calls; a guard that fails denies.
    }
    return this.#deps.text('errors:plugin_failed', locale);
  }
}
