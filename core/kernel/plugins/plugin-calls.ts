import { Breaker, type BreakerState } from './breaker.ts';
import { currentPlugin, runAsPlugin } from './plugin-scope.ts';
import { Timings } from './timings.ts';

export interface PluginFailure { pluginId: string; stage: string; point: string; error: unknown }
export interface PointHealth { point: string; calls: number; failures: number; p50Ms: number; p95Ms: number; breaker: BreakerState }

export interface CallOptions {
  pluginId: string;
  /** What is called, for people: `filter reply.outgoing`, `route GET /widgets`. */
  point: string;
  stage: string;
  timeoutMs: number;
  /** Ends the call from outside as well. */
  signal?: AbortSignal;
  depth?: number;
  /** False where each call stands for itself, such as routes: there a bad request must not close the point for others. */
  hasBreaker?: boolean;
  /** What a plugin may throw on purpose; it is passed on and counts as an answer. */
  isRefusal?(error: unknown): boolean;
}

/** A call that did not end in time. */
export class PluginTimeout extends Error {
  constructor(point: string, ms: number) {
    super(`${point} did not answer within ${ms} ms`);
    this.name = 'PluginTimeout';
  }
}
/** A call that was not made because the point failed too often. */
export class BreakerOpen extends Error {
  constructor(point: string) {
    super(`${point} failed too often and is paused`);
    this.name = 'BreakerOpen';
  }
}

interface Point { timings: Timings; breaker: Breaker }
/** Code of a plugin that held the event loop, told with the point it was called at. */
export interface Blocking { pluginId: string; point: string; ms: number }

const blockingMs = 200;
const maxLongEnded = 100;

/** The one way from the host into a plugin's code: named, timed, bounded, behind a breaker. */
export class PluginCalls {
  readonly #now: () => number;
  readonly #points = new Map<string, Map<string, Point>>();
  readonly #running = new Map<CallOptions, number>();
  /** Calls that took so long that they may have held the event loop; short ones can't have. */
  #longEnded: { call: CallOptions; startedAt: number; endedAt: number }[] = [];
  #onFailure: (failure: PluginFailure) => void = () => {};
  #onDegraded: (pluginId: string, point: string) => void = () => {};
  #onBlocking: (blocking: Blocking) => void = () => {};

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Who is told. The host sets it once; before that failures are only counted. */
  listen(listeners: { onFailure(failure: PluginFailure): void; onDegraded(pluginId: string, point: string): void; onBlocking(blocking: Blocking): void }): void {
    this.#onFailure = listeners.onFailure;
    this.#onDegraded = listeners.onDegraded;
    this.#onBlocking = listeners.onBlocking;
  }

  /** Runs `work`; throws what it threw, `PluginTimeout`, or `BreakerOpen`. Failures are counted and told before they are thrown. */
  async run<T>(options: CallOptions, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const point = this.#point(options.pluginId, options.point);
    const hasBreaker = options.hasBreaker !== false;
    if (hasBreaker && !point.breaker.enter()) throw new BreakerOpen(options.point);
    const started = performance.now();
    this.#running.set(options, started);
    try {
      const result = await this.#bounded(options, work);
      point.timings.add(performance.now() - started, false);
      if (hasBreaker) point.breaker.success();
      return result;
    } catch (error) {
      const isEnded = options.signal?.aborted === true && error === options.signal.reason;
      const isRefusal = isEnded || (options.isRefusal?.(error) ?? false);
      point.timings.add(performance.now() - started, !isRefusal);
      if (isRefusal && hasBreaker) point.breaker.success();
      if (!isRefusal) this.#failed(options, point, error, hasBreaker);
      throw error;
    } finally {
      this.#running.delete(options);
      const endedAt = performance.now();
      if (endedAt - started > blockingMs) this.#longEnded = [...this.#longEnded.slice(-maxLongEnded), { call: options, startedAt: started, endedAt }];
    }
  }

  /** A result that the plugin gave in time but that is of no use. */
  rubbish(options: CallOptions, error: Error): void {
    this.#failed(options, this.#point(options.pluginId, options.point), error, options.hasBreaker !== false);
  }

  health(pluginId: string): PointHealth[] {
    return [...(this.#points.get(pluginId) ?? [])].map(([point, { timings, breaker }]) => ({
      point, calls: timings.calls, failures: timings.failures, p50Ms: timings.percentile(0.5), p95Ms: timings.percentile(0.95), breaker: breaker.state,
    })).sort((a, b) => a.point.localeCompare(b.point));
  }

  /** Calls that began before `from` and had not ended at `until`: those to suspect when the event loop stood still between the two. */
  runningThrough(from: number, until: number): readonly CallOptions[] {
    const running = [...this.#running].filter(([, startedAt]) => startedAt <= from).map(([call]) => call);
    return [...running, ...this.#longEnded.filter(({ startedAt, endedAt }) => startedAt <= from && endedAt >= until).map(({ call }) => call)];
  }

  forget(pluginId: string): void {
    this.#points.delete(pluginId);
  }

  #bounded<T>(options: CallOptions, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const controller = new AbortController();
    return new Promise<T>((resolve, reject) => {
      const end = (reason: unknown): void => {
        reject(reason as Error);
        controller.abort(reason);
      };
      const timer = setTimeout(() => end(new PluginTimeout(options.point, options.timeoutMs)), options.timeoutMs).unref();
      const onAbort = (): void => end(options.signal?.reason);
      if (options.signal?.aborted) onAbort();
      else options.signal?.addEventListener('abort', onAbort, { once: true });
      const done = (): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
      };
      runAsPlugin(options.pluginId, options.point, async () => this.#timed(options, () => work(controller.signal)), options.depth)
        .then(resolve, reject).finally(done);
    });
  }

  /** The part of a call before its first await: where a plugin that blocks is caught with certainty. */
  #timed<T>(options: CallOptions, work: () => T | Promise<T>): T | Promise<T> {
    const started = performance.now();
    try {
      return work();
    } finally {
      const ms = performance.now() - started;
      if (ms > blockingMs) this.#onBlocking({ pluginId: options.pluginId, point: options.point, ms: Math.round(ms) });
    }
  }

  #failed(options: CallOptions, point: Point, error: unknown, hasBreaker: boolean): void {
    if (hasBreaker) point.breaker.failure();
    this.#onFailure({ pluginId: options.pluginId, stage: options.stage, point: options.point, error });
  }

  #point(pluginId: string, name: string): Point {
    let points = this.#points.get(pluginId);
    if (!points) this.#points.set(pluginId, points = new Map());
    let point = points.get(name);
    if (!point) {
      point = { timings: new Timings(), breaker: new Breaker(this.#now, () => this.#onDegraded(pluginId, name)) };
      points.set(name, point);
    }
    return point;
  }
}

/** Depth of the chain of plugin actions at this moment. */
export const currentDepth = (): number => currentPlugin()?.depth ?? 0;
