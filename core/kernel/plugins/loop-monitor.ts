import type { Blocking, PluginCalls } from './plugin-calls.ts';

const everyMs = 50;
const blockingMs = 200;

/**
 * Sees when the event loop stood still and names the plugins whose code was running. Work before a call's first await is
 * measured by the calls themselves; this catches what comes after it. Answers what ends it.
 */
export function watchEventLoop(calls: PluginCalls, onSuspect: (blocking: Blocking) => void): () => void {
  let expected = performance.now() + everyMs;
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - expected;
    // Whoever blocked had begun before that, and may have ended with it, before anybody could look.
    if (late > blockingMs) for (const call of calls.runningThrough(now - blockingMs, expected)) onSuspect({ pluginId: call.pluginId, point: call.point, ms: Math.round(late) });
    expected = now + everyMs;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
