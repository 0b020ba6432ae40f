import type { PluginSocket, RealtimeApi, RealtimeEvent, RealtimeNamespace } from '@plugboard/sdk';
import type { Realtime } from '../../realtime/realtime.ts';
import { isPluginRefusal } from '../plugin-refusal.ts';
import type { PluginInstance } from '../plugin-instance.ts';

const timeoutMs = 30_000;

/** Socket namespaces of one plugin. Each handler runs as the plugin's; sockets go when it closes. */
export function createRealtimeApi(instance: PluginInstance, realtime: Realtime): RealtimeApi {
  return {
    async namespace(definition) {
      instance.need('realtime');
      if (definition.feed === 'contact') instance.need('messages:read');
      const { dispose, ...handle } = await realtime.pluginNamespace(instance.id, named(instance, definition));
      instance.onIntakeStop(dispose);
      instance.added.namespaces.push(`/plugins/${instance.id}/${definition.name}`);
      return handle;
    },
  };
}

function named<S extends { contactId?: string }>(instance: PluginInstance, definition: RealtimeNamespace<S>): RealtimeNamespace<S> {
  const call = <T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    instance.call({ point: `socket ${definition.name} ${what}`, stage: 'socket', timeoutMs, hasBreaker: false, isRefusal: isPluginRefusal }, work);
  const events: Record<string, RealtimeEvent<S>> = {};
  for (const [name, event] of Object.entries(definition.events)) {
    events[name] = { input: event.input, handle: (input, socket) => call(name, (signal) => event.handle(input, socket, { signal })) };
  }
  const observer = (what: 'onConnect' | 'onDisconnect') => {
    const handler = definition[what];
    if (!handler) return {};
    // A socket that goes with the plugin has nobody to tell; failures are on the health page.
    return { [what]: async (socket: PluginSocket<S>) => { if (instance.isOpen) await call(what, () => handler(socket)).catch(() => {}); } };
  };
  return {
    ...definition,
    handshake: (auth, request) => call('handshake', () => definition.handshake(auth, request)),
    events,
    ...observer('onConnect'),
    ...observer('onDisconnect'),
  };
}
