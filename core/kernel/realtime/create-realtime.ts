import type { RealtimeHandle, RealtimeNamespace } from '@plugboard/sdk';
import { Server, type ServerOptions } from 'socket.io';
import { limits } from '../../shared/limits.ts';
import type { Kernel } from '../context.ts';
import type { OperatorActor } from '../policy/actor.ts';
import { ContactPresence } from './contact-presence.ts';
import { RecentIds } from './recent-ids.ts';
import { OperatorSockets } from './operator-sockets.ts';
import { PluginNamespace, type SessionMessage } from './plugin-namespace.ts';
import type { OperatorEvent, Realtime } from './realtime.ts';

const recheckMs = 30_000;

/** A link that is half open is noticed within 40 s. */
const serverOptions: Partial<ServerOptions> = {
  serveClient: false,
  perMessageDeflate: false,
  maxHttpBufferSize: limits.socketFrameBytes,
  pingInterval: 20_000,
  pingTimeout: 20_000,
  connectTimeout: 15_000,
  transports: ['websocket', 'polling'],
  cors: { origin: false },
};

/**
 * Socket.IO on one process. What must reach other processes comes from the outbox, which each of them reads,
 * so no adapter stands between them (docs/decisions/0002).
 */
export function createRealtime(kernel: Kernel, resolve: (token: string) => Promise<OperatorActor | null>): Realtime {
  const io = new Server(serverOptions);
  let isAttached = false;
  const presence = new ContactPresence(kernel.bus, kernel.config.process);
  const moved = new RecentIds();
  const operators = new OperatorSockets({ kernel, resolve });
  const namespaces = new Set<PluginNamespace<never>>();
  operators.attach(io);
  io.on('connection', (socket) => { socket.disconnect(true); });
  const unsubscribe = kernel.bus.subscribe('operators:changed', (message) => {
    void operators.refresh((message as { operatorId?: string } | null)?.operatorId);
  });
  const recheck = setInterval(() => { void operators.refresh(); }, recheckMs).unref();

  return {
    attach(server) {
      isAttached = true;
      io.attach(server);
    },
    operatorEvent: (name, event) => operators.add(name, event as unknown as OperatorEvent),
    toOperators: (event, payload, allowed) => operators.send(event, payload, allowed),
    toContact(contactId, event, payload) {
      for (const namespace of namespaces) if (namespace.hasFeed) namespace.sendToContact(contactId, event, payload);
    },
    contactMoved(contactId) {
      moved.add(contactId);
      for (const namespace of namespaces) namespace.moveContact(contactId);
    },
    endSession: (sessionId) => kernel.bus.publish('rt:session-end', { namespace: null, sessionId, event: null } satisfies SessionMessage),
    isContactOnline: (contactId) => presence.isOnline(contactId),
    onlineOperators: () => operators.actors,
    onOperatorGone: (handler) => operators.onGone(handler),
    onContactPresence: (handler) => presence.onChange(handler),
    refreshOperators: (operatorId) => operators.refresh(operatorId),
    async pluginNamespace<S extends { contactId?: string }>(pluginId: string, definition: RealtimeNamespace<S>): Promise<RealtimeHandle & { dispose(): Promise<void> }> {
      const namespace = new PluginNamespace(io, pluginId, definition, kernel, presence, moved);
      namespaces.add(namespace as unknown as PluginNamespace<never>);
      return {
        ...namespace.handle(),
        async dispose() {
          namespaces.delete(namespace as unknown as PluginNamespace<never>);
          namespace.dispose();
        },
      };
    },
    async drain(seconds) {
      const retryAfter = () => Number((seconds * (0.5 + Math.random())).toFixed(1));
      operators.send('server:restarting', { retryAfter: retryAfter() }, () => true);
      for (const namespace of namespaces) namespace.sendToAll('server:restarting', { retryAfter: retryAfter() });
    },
    async close() {
      clearInterval(recheck);
      unsubscribe();
      presence.stop();
      if (isAttached) await io.close();
    },
  };
}
