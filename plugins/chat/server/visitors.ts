import { PluginError, realtimeEvent } from '@plugboard/sdk';
import type { ChannelHandle, PluginContext, PluginSocket, RealtimeEvent, RealtimeHandle, RealtimeNamespace } from '@plugboard/sdk';
import { RateLimit } from './rate-limit.ts';
import { sendMessage } from './send-message.ts';
import type { Visitor } from './send-message.ts';
import { visitorSchemas } from './visitor.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const eventsPerSecond = 20;
const burst = 40;
const pageSize = 50;
const closedRetryAfter = 10;

type Events = RealtimeNamespace<Visitor>['events'];

function handshake(ctx: PluginContext, store: WidgetStore): RealtimeNamespace<Visitor>['handshake'] {
  return async (auth) => {
    const { token, widget: slug } = auth;
    if (typeof token !== 'string' || typeof slug !== 'string') throw new PluginError('unauthenticated', 401);
    const [widget, session] = await Promise.all([store.bySlug(slug), ctx.contacts.sessions.verify(token)]);
    const contact = session && await ctx.contacts.get(session.contactId);
    if (!widget || !contact || contact.brandId !== widget.brandId) throw new PluginError('session_invalid', 401);
    return { contactId: contact.id, widgetId: widget.id, brandId: widget.brandId };
  };
}

function visitorEvents(ctx: PluginContext, store: WidgetStore, channel: ChannelHandle): Events {
  const { conversations } = ctx;
  return {
    'message:send': realtimeEvent<Visitor, (typeof visitorSchemas)['message:send']>({
      input: visitorSchemas['message:send'],
      async handle(input, { state }) {
        const widget = await store.byId(state.widgetId);
        if (!widget) throw new PluginError('widget_gone', 410);
        return sendMessage(ctx, channel, widget, state, input);
      },
    }),
    'conversations:list': realtimeEvent<Visitor, (typeof visitorSchemas)['conversations:list']>({
      input: visitorSchemas['conversations:list'],
      handle: ({ cursor }, { state }) => conversations.list({ contactId: state.contactId, limit: pageSize, ...(cursor ? { cursor } : {}) }),
    }),
    sync: realtimeEvent<Visitor, (typeof visitorSchemas)['sync']>({
      input: visitorSchemas.sync,
      async handle(input, { state }) {
        const { data, tooFar, conversation } = await conversations.messages({ contactId: state.contactId, limit: pageSize, ...input });
        return { messages: data, tooFar, conversation };
      },
    }),
    read: realtimeEvent<Visitor, (typeof visitorSchemas)['read']>({
      input: visitorSchemas.read,
      async handle(input, { state }) {
        await conversations.markRead({ contactId: state.contactId, ...input });
        return {};
      },
    }),
    typing: realtimeEvent<Visitor, (typeof visitorSchemas)['typing']>({
      input: visitorSchemas.typing,
      async handle(input, { state }) {
        await conversations.typing({ contactId: state.contactId, ...input });
        return {};
      },
    }),
    'conversation:close': realtimeEvent<Visitor, (typeof visitorSchemas)['conversation:close']>({
      input: visitorSchemas['conversation:close'],
      handle: async (input, { state }) => ({ conversation: await conversations.close({ contactId: state.contactId, ...input }) }),
    }),
    ping: realtimeEvent<Visitor, (typeof visitorSchemas)['ping']>({
      input: visitorSchemas.ping,
      handle: async () => ({ time: new Date().toISOString() }),
    }),
  };
}

/** Each event takes a token of its socket's bucket before anything else is done for it. */
function limited(events: Events, limit: RateLimit): Events {
  const entries = Object.entries(events).map(([name, event]): [string, RealtimeEvent<Visitor>] => [name, {
    input: event.input,
    async handle(input, socket, call) {
      limit.take(socket.id);
      return event.handle(input, socket, call);
    },
  }]);
  return Object.fromEntries(entries);
}

/** Who is connected to this process, so that they hear it when the channel is switched off. */
class Connected {
  readonly #sockets = new Map<string, string>();
  add(socket: PluginSocket<Visitor>): void {
    this.#sockets.set(socket.id, socket.state.contactId);
  }
  remove(socket: PluginSocket<Visitor>): void {
    this.#sockets.delete(socket.id);
  }
  contactIds(): string[] {
    return [...new Set(this.#sockets.values())];
  }
}

/** The visitors' namespace: handshake by session token, events under a limit, the public feed of the host. */
export async function addVisitorSockets(ctx: PluginContext, store: WidgetStore, channel: ChannelHandle): Promise<RealtimeHandle> {
  const limit = new RateLimit(eventsPerSecond, burst);
  const connected = new Connected();
  const handle = await ctx.realtime.namespace<Visitor>({
    name: 'visitors',
    feed: 'contact',
    handshake: handshake(ctx, store),
    events: limited(visitorEvents(ctx, store, channel), limit),
    async onConnect(socket) {
      connected.add(socket);
      await handle.toContact(socket.state.contactId, 'presence', await ctx.conversations.presence({ brandId: socket.state.brandId }));
    },
    async onDisconnect(socket) {
      connected.remove(socket);
      limit.forget(socket.id);
    },
  });
  ctx.onDispose(async () => {
    await Promise.all(connected.contactIds().map((contactId) => handle.toContact(contactId, 'channel:closed', { retryAfter: closedRetryAfter })));
  });
  return handle;
}
