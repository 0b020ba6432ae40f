import { PluginError, realtimeEvent } from '@plugboard/sdk';
import type { ChannelHandle, PluginContext, PluginSocket, RealtimeHandle, RealtimeNamespace } from '@plugboard/sdk';
import { sendMessage } from './send-message.ts';
import type { Visitor } from './send-message.ts';
import { visitorSchemas } from './visitor.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const pageSize = 50;

type Events = RealtimeNamespace<Visitor>['events'];

function handshake(ctx: PluginContext, store: WidgetStore): RealtimeNamespace<Visitor>['handshake'] {
  return async (auth) => {
    const { token, widget: slug } = auth;
    if (typeof token !== 'string' || typeof slug !== 'string') throw new PluginError('unauthenticated', 401);
    const [widget, session] = await Promise.all([store.bySlug(slug), ctx.contacts.sessions.verify(token)]);
    const contact = session && await ctx.contacts.get(session.contactId);
    if (!widget || !contact || contact.brandId !== widget.brandId) throw new PluginError('session_invalid', 401);
    return { contactId: contact.id, sessionId: session.sessionId, widgetId: widget.id, brandId: widget.brandId };
  };
}

/** Says whether somebody of the desk is there, at the beginning and when that changed since. */
class PresenceTold {
  readonly #told = new Map<string, boolean>();
  readonly #ctx: PluginContext;

  constructor(ctx: PluginContext) {
    this.#ctx = ctx;
  }

  async tell(handle: RealtimeHandle, { id, state }: PluginSocket<Visitor>): Promise<void> {
    const presence = await this.#ctx.conversations.presence({ brandId: state.brandId });
    if (this.#told.get(id) === presence.isOnline) return;
    this.#told.set(id, presence.isOnline);
    await handle.toContact(state.contactId, 'presence', presence);
  }

  forget(id: string): void {
    this.#told.delete(id);
  }
}

function visitorEvents(ctx: PluginContext, store: WidgetStore, channel: ChannelHandle, onPing: (socket: PluginSocket<Visitor>) => Promise<void>): Events {
  const { conversations } = ctx;
  return {
    'message:send': realtimeEvent<Visitor, (typeof visitorSchemas)['message:send']>({
      input: visitorSchemas['message:send'],
      async handle(input, socket) {
        const widget = await store.byId(socket.state.widgetId);
        if (!widget) throw new PluginError('widget_gone', 410);
        return sendMessage(ctx, channel, widget, socket, input);
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
      async handle(_input, socket) {
        await onPing(socket);
        return { time: new Date().toISOString() };
      },
    }),
  };
}

/** The visitors' namespace: handshake by session token, the public feed of the host, which also holds the limit of events. */
export async function addVisitorSockets(ctx: PluginContext, store: WidgetStore, channel: ChannelHandle): Promise<RealtimeHandle> {
  const presence = new PresenceTold(ctx);
  const handle: RealtimeHandle = await ctx.realtime.namespace<Visitor>({
    name: 'visitors',
    feed: 'contact',
    handshake: handshake(ctx, store),
    events: visitorEvents(ctx, store, channel, (socket) => presence.tell(handle, socket)),
    onConnect: (socket) => presence.tell(handle, socket),
    onDisconnect: async ({ id }) => presence.forget(id),
  });
  return handle;
}
