import type { Blocking, PluginCalls } from './plugin-calls.ts';

const everyMs = 50;
const blockingMs = 200;

/**
 * Sees when the event loop stood still and names the plugins whose code was running. Work before a call's first await is
 * measured by the calls themselves; this catches what comes after it. Answers what ends it.
 */
export function watchEventLoop(calls: PluginCalls, onSuspect: (blocking: Blocking) => void): () => void {
  let expected = performance.now() + everyMs;
  /** Calls that were under way at the last look: who blocks may have ended by the next one. */
  let before = calls.running();
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - expected;
    if (late > blockingMs) for (const call of before) onSuspect({ pluginId: call.pluginId, point: call.point, ms: Math.round(late) });
    before = calls.running();
    expected = now + everyMs;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
