import type { z } from 'zod';
import type { Card } from './cards.ts';
import type { PublicConversationDto, PublicMessageDto, VerifiedIdentity } from './dto.ts';
import type { CallActor } from './hooks.ts';

/** Given to every provider call. */
export interface ProviderCall { readonly signal: AbortSignal; readonly actor: CallActor; readonly locale: string }

/** How messages come and go on one kind of channel. */
export interface ChannelProvider {
  /** Channel id, stored on each of its conversations (`chat`). */
  id: string;
  label: string;
  icon?: string;
  capabilities: { typing: boolean; readState: boolean; attachments: boolean; richText: boolean; presence: boolean };
  /** Carries one public message of ours to the person. Omit it where the realtime feed is the delivery. */
  send?(input: { message: PublicMessageDto; conversation: PublicConversationDto; contactId: string }, call: ProviderCall): Promise<void>;
}

/** One message from a person, on its way through the single write path. */
export interface ReceivedMessage {
  contactId: string;
  /** The client's own id (UUID). The same cid gives the same answer; another body under it is refused. */
  cid: string;
  /** Limited markdown: bold, italic, inline code, links. At most 10 000 code points and 40 KB. */
  text: string;
  attachmentIds?: string[];
  /** An existing conversation of the contact, or what a new one starts with. */
  conversationId?: string;
  /** Address the person writes from, where the channel knows it: new conversations of strangers are limited by it. Only a keyed hash of its prefix is kept. */
  ip?: string;
  open?: {
    departmentId?: string | null; priority?: 'low' | 'normal' | 'high' | 'urgent'; subject?: string; openingMessage?: string; meta?: Record<string, string>;
    /** Let an assistant answer: the default one of the brand, or the one named. People answer where there is none. */
    assistant?: boolean | string;
  };
}

/** What `receive` answers after commit. `repeated` tells that this cid was already stored. */
export interface ReceiveAck { message: PublicMessageDto; conversation: PublicConversationDto; repeated: boolean }

export interface ChannelHandle { receive(message: ReceivedMessage): Promise<ReceiveAck> }

/** A tool takes no identity argument: the server binds the verified contact. Off until an admin switches it on. */
export interface ToolProvider<I = unknown> {
  /** Lower-case letters, digits and hyphens; unique in the plugin. */
  name: string;
  /** Text key. */
  label: string;
  /** In English, for the model: what it does, when to use it, what it answers. */
  description: string;
  effect: 'read' | 'write';
  /** Whose data it touches. `contact`: there only for a verified contact. */
  scope: 'contact' | 'conversation' | 'desk';
  input: z.ZodType<I>;
  /** What a person sees before approving a write: what would happen, with nothing done yet. */
  preview?(input: I, call: ToolCall): Promise<Card>;
  run(input: I, call: ToolCall): Promise<unknown>;
}
/** `idempotencyKey`: the same for each try of one call; hand it on to whatever the tool changes. `brandId`: whose settings count. */
export interface ToolCall extends ProviderCall { readonly contactId: string | null; readonly conversationId: string | null; readonly brandId: string | null; readonly idempotencyKey: string }

/** A card beside a conversation or a contact. */
export interface PanelProvider {
  id: string;
  title: string;
  load(input: { contactId: string; conversationId: string | null }, call: ProviderCall): Promise<Card[]>;
  actions?: Record<string, { ability?: string; run(input: { contactId: string; conversationId: string | null; values: unknown }, call: ProviderCall): Promise<Card[] | void> }>;
}

export interface WebhookReceiver {
  /** Last part of `/hooks/<plugin>/<id>/<token>`. */
  id: string;
  verify(request: { headers: Record<string, string>; rawBody: Uint8Array }, call: ProviderCall): Promise<boolean> | boolean;
  /** The sender's own id of the event: a second one with the same id is not handled again. */
  eventId(request: { headers: Record<string, string>; rawBody: Uint8Array }): Promise<string> | string;
  handle(event: { id: string; headers: Record<string, string>; rawBody: Uint8Array }, call: ProviderCall): Promise<void>;
}

export interface SearchProvider { id: string; label: string; search(input: { query: string; limit: number }, call: ProviderCall): Promise<{ ids: string[] }> }

/** An entry of the command palette. */
export interface CommandProvider { id: string; title: string; icon?: string; ability?: string; run(input: { conversationId: string | null }, call: ProviderCall): Promise<{ toast?: string; url?: string } | void> }

/**
 * A mail that a plugin sends. Subject and body come from `emails/<id>/<locale>.md`: the first line is `Subject: …`, then a blank
 * line, then Markdown. Both are Liquid templates in which only the placeholders are there, and `brand.name`, `desk.name`,
 * `desk.url`, `recipient.name`. `{{ message.text | formatted }}` keeps bold, italic and code of a message; `date`, `time` and
 * `datetime` write a time (ISO 8601) for the reader. A link alone in its paragraph becomes a button. docs/plugins/emails.md.
 */
export interface EmailTemplate {
  id: string;
  /** Text keys. */
  label: string;
  description?: string;
  audience: 'operator' | 'contact';
  /** Values as `send` gives them, made up: for the preview, and to list what may be used. */
  sample: Record<string, unknown>;
  /** May go to an address that nobody proved, for it carries nothing that a visitor wrote (a code, "there is an answer"). */
  toUnverified?: boolean;
}

/** Vouches for the publishable keys that it handed out, and checks the tokens that a customer's server signed for them. */
export interface IdentityProvider {
  id: string;
  /** Where a publishable key belongs; null when it is not one of these. `requiresProof`: nobody writes with it who did not prove who they are. */
  resolveKey(key: string, call: ProviderCall): Promise<{ brandId: string; allowedOrigins: string[]; requiresProof?: boolean } | null>;
  /** Who a token names. Throws `PluginError('identity_invalid', 403)` for one that is not to be believed. */
  verifyToken(input: { key: string; token: string }, call: ProviderCall): Promise<VerifiedIdentity>;
}

export interface AutomationPart<I = unknown> { id: string; label: string; input: z.ZodType<I>; run(input: I & { conversationId: string }, call: ProviderCall): Promise<boolean | void> }
