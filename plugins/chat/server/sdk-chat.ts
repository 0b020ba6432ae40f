import { randomUUID } from 'node:crypto';
import { PluginError } from '@plugboard/sdk';
import type { BrandDto, ChannelHandle, ContactDto, PluginContext, SdkCaller, VerifiedIdentity } from '@plugboard/sdk';
import type { SdkChat } from './sdk-chat.schema.ts';
import { opening, receive } from './send-message.ts';
import { isSamePerson } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { notFound, refuseUnproved } from './visitor.routes.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

interface Place { widget: Widget; brand: BrandDto }
/** `isTrusted`: a server key or a signed token stands behind what is said about the person. `token` proves them the next time. */
interface Person {
  contact: ContactDto; token: string; isTrusted: boolean; hasSession: boolean;
  /** May the caller speak for this company, which others share? */
  speaksFor?(companyId: string): boolean;
}
export interface Taken { sessionId: string; conversationId: string; contactId: string; seq: number; /** An assistant is about to answer. */ isAnswered: boolean }

/** A chat without the widget: messages that a customer's page or server sends for a person. */
export class SdkChats {
  readonly #ctx: PluginContext;
  readonly #store: WidgetStore;
  readonly #sessions: Sessions;
  readonly #channel: ChannelHandle;

  constructor(ctx: PluginContext, store: WidgetStore, sessions: Sessions, channel: ChannelHandle) {
    this.#ctx = ctx;
    this.#store = store;
    this.#sessions = sessions;
    this.#channel = channel;
  }

  /** Stores the message. Whoever answers it, a person or an assistant, does so in the conversation that is answered here. */
  async take(caller: SdkCaller, body: SdkChat, from: { ip: string; locale: string }): Promise<Taken> {
    const place = await this.#place(caller, body);
    const person = await this.#person(caller, place, body, from.locale);
    const { contact } = person;
    if (caller.kind === 'publishable') refuseUnproved(place.widget, contact);
    await this.#tell(person, body);
    const conversationId = await this.#conversation(person, body);
    const meta = Object.fromEntries(Object.entries(body.metadata ?? {}).map(([key, value]) => [key, String(value)]));
    const { conversation, message } = await receive(this.#ctx, this.#channel, place.widget, {
      contactId: contact.id, cid: randomUUID(), text: body.message,
      ...(caller.kind === 'publishable' ? { ip: from.ip } : {}),
      ...(conversationId === null ? { open: { ...await opening(this.#ctx, place.widget, { locale: contact.locale, meta }), assistant: true } } : { conversationId }),
    });
    return { sessionId: person.token, conversationId: conversation.id, contactId: contact.id, seq: message.seq, isAnswered: conversation.assignee?.isAssistant === true };
  }

  /** A page's key is one of a widget; a server names the widget or brand where its key leaves that open. */
  async #place(caller: SdkCaller, body: SdkChat): Promise<Place> {
    const named = caller.kind === 'publishable' ? await this.#store.byKey(caller.key) : body.widget === undefined ? null : await this.#store.find(body.widget);
    const tenant = body.tenant === undefined ? null : await this.#ctx.brands.get(body.tenant);
    const brandId = caller.brandId ?? tenant?.id ?? named?.brandId ?? (await this.#ctx.brands.list())[0]?.id;
    if (brandId === undefined || (body.tenant !== undefined && tenant?.id !== brandId)) throw notFound();
    const widget = named ?? (body.widget === undefined ? await this.#store.firstOfBrand(brandId) : null);
    const brand = await this.#ctx.brands.get(brandId);
    if (!widget || !brand || widget.brandId !== brandId) throw notFound();
    return { widget, brand };
  }

  async #person(caller: SdkCaller, place: Place, body: SdkChat, locale: string): Promise<Person> {
    const current = await this.#sessions.current(body.session_id, place.brand.id);
    // A page can begin anew and keep what it is answered; to a server, or beside a token, a session is only what came before.
    if (body.session_id !== undefined && !current && caller.kind === 'publishable' && body.user_token === undefined) throw new PluginError('session_invalid', 401);
    const identity = await this.#identity(caller, place.widget, body);
    if (identity) {
      // Somebody else's session is no history of this person's.
      const own = current && (current.contact.kind !== 'verified' || isSamePerson(current.contact, identity)) ? current : null;
      const session = await this.#sessions.signIn(own, place.brand, identity, { locale, ...(body.name ? { name: body.name } : {}) });
      const contact = await this.#ctx.contacts.get(session.contactId);
      if (!contact) throw notFound();
      return { contact, token: session.token, isTrusted: true, hasSession: own !== null, speaksFor: (companyId) => caller.kind === 'server' || identity.traits?.company_id === companyId };
    }
    if (current) {
      if (caller.kind === 'publishable' && current.contact.kind === 'verified') throw new PluginError('user_token_required', 403);
      return { ...current, isTrusted: caller.kind === 'server', hasSession: true, speaksFor: () => caller.kind === 'server' };
    }
    const contact = await this.#ctx.contacts.create({
      brandId: place.brand.id, kind: body.name || body.email ? 'identified' : 'anonymous', locale, ...(body.name ? { name: body.name } : {}), ...(body.email ? { email: body.email } : {}),
    });
    return { ...await this.#sessions.open(contact), isTrusted: false, hasSession: false };
  }

  /** Whom the caller may speak for: a page whom its token names, a server whomever it says. */
  async #identity(caller: SdkCaller, widget: Widget, { user_id: userId, user_token: token, email, name }: SdkChat): Promise<VerifiedIdentity | null> {
    if (token !== undefined) return this.#sessions.identity(widget, token, { userId, email });
    if (caller.kind === 'publishable' || (userId === undefined && email === undefined)) return null;
    return { ...(userId === undefined ? {} : { externalId: userId }), ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) };
  }

  /** What is said about the person beside the message. */
  async #tell({ contact, isTrusted, speaksFor }: Person, body: SdkChat): Promise<void> {
    const { contacts } = this.#ctx;
    const contactId = contact.id;
    if (!isTrusted && body.user_id !== undefined && contact.kind !== 'verified') await contacts.identify({ contactId, isTrusted, externalId: body.user_id });
    if (body.company_id !== undefined) await contacts.identifyCompany({ contactId, isTrusted: speaksFor?.(body.company_id) ?? false, externalId: body.company_id });
    if (body.context) await contacts.setContext({ contactId, isTrusted, entries: body.context });
  }

  /** The conversation that is named, if it is the person's; else the open one of their session; null begins one. */
  async #conversation({ contact, hasSession }: Person, body: SdkChat): Promise<string | null> {
    const { conversations } = this.#ctx;
    if (body.conversation_id !== undefined) {
      const named = await conversations.get({ contactId: contact.id, conversationId: body.conversation_id });
      if (!named) throw notFound();
      return named.id;
    }
    if (!hasSession) return null;
    const { data: [newest] } = await conversations.list({ contactId: contact.id, limit: 1 });
    return newest?.status === 'open' ? newest.id : null;
  }
}
