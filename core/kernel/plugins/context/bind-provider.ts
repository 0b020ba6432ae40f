import { isPluginRefusal } from '../plugin-refusal.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import { runAsPlugin } from '../plugin-scope.ts';

interface WithSignal { readonly signal: AbortSignal }
type AnyFunction = (...args: unknown[]) => unknown;

/** The same provider with each of its functions run as the plugin's: named, bounded, behind a breaker of its own. */
export function bindFunctions<P extends object>(instance: PluginInstance, point: string, provider: P, timeoutMs: number): P {
  const bound: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(provider)) {
    bound[name] = typeof value === 'function' ? bindOne(instance, `${point} ${name}`, value.bind(provider) as AnyFunction, timeoutMs) : value as unknown;
  }
  return bound as P;
}

/** The last argument is the call; its signal is joined with the one of the time limit. */
function bindOne(instance: PluginInstance, point: string, work: AnyFunction, timeoutMs: number): AnyFunction {
  return (...args) => {
    const call = args.at(-1) as WithSignal;
    return instance.call({ point, stage: 'provider', timeoutMs, signal: call.signal, isRefusal: isPluginRefusal },
      (signal) => work(...args.slice(0, -1), { ...call, signal }));
  };
}

/** A stream of which each piece must come within `idleMs`. */
export function bindStream<I, C extends WithSignal, T>(instance: PluginInstance, point: string, open: (input: I, call: C) => AsyncIterable<T>, idleMs: number) {
  return async function* stream(input: I, call: C): AsyncGenerator<T> {
    const pieces = await instance.call({ point: `${point} open`, stage: 'provider', timeoutMs: idleMs, signal: call.signal, isRefusal: isPluginRefusal },
      () => open(input, call)[Symbol.asyncIterator]());
    try {
      for (;;) {
        const piece = await instance.call({ point: `${point} next`, stage: 'provider', timeoutMs: idleMs, signal: call.signal, isRefusal: isPluginRefusal }, () => pieces.next());
        if (piece.done) return;
        yield piece.value;
      }
    } finally {
      // The plugin's generator may be waiting for what never comes: told to end, not waited for.
      void runAsPlugin(instance.id, point, async () => pieces.return?.()).catch(() => {});
    }
  };
}
