import type { CallActor, HooksApi } from '@plugboard/sdk';
import { defaultPriority, type HookKind } from '../../hooks/create-hooks.ts';
import { eventJob, type EventJob } from '../../hooks/event-relay.ts';
import type { PluginHostDeps } from '../deps.ts';
import type { PluginInstance } from '../plugin-instance.ts';

const eventMs = 60_000;

/** Filters, guards and events of one plugin. An event's handler is a job of its own, so that each is retried alone. */
export function createHooksApi(instance: PluginInstance, deps: PluginHostDeps): HooksApi {
  const { hooks, kernel } = deps;
  const listen = (kind: HookKind, name: string, priority: number | undefined, handle: (...args: never[]) => unknown): void => {
    instance.live();
    instance.onIntakeStop(hooks.add(kind, name, { pluginId: instance.id, priority: priority ?? defaultPriority, handle, track: (work) => instance.track(work) }));
    instance.added.hooks.push(`${kind} ${name}`);
  };
  return {
    async filter(name, handler, options) {
      listen('filter', name, options?.priority, handler as (...args: never[]) => unknown);
    },
    async guard(name, handler, options) {
      listen('guard', name, options?.priority, handler as (...args: never[]) => unknown);
    },
    async on(name, handler) {
      const index = instance.added.listens[name] ?? 0;
      listen('event', name, undefined, handler as (...args: never[]) => unknown);
      instance.added.listens[name] = index + 1;
      instance.onIntakeStop(kernel.jobs.define<EventJob>(eventJob(instance.id, name, index), async (job) => {
        const { payload, eventId, occurredAt, actor, depth } = job.data;
        const event = { ...payload, eventId, occurredAt } as unknown as Parameters<typeof handler>[0];
        await instance.call({ point: `event ${name}`, stage: 'hook', timeoutMs: eventMs, signal: job.signal, depth, hasBreaker: false },
          (signal) => handler(event, { signal, actor: actor as CallActor }));
      }, { timeoutMs: eventMs + 5_000 }));
    },
  };
}
