import type { AssistantRunDto, HandOverReason } from './assistants.ts';
import type { AuthorType, MessageKind } from './dto.ts';

/** Who acts. Serialisable; permissions are checked by the core, not read from here. */
export interface CallActor { type: 'operator' | 'contact' | 'assistant' | 'plugin' | 'system' | 'token' | 'nobody'; id: string | null }

/** Given to every handler: end when `signal` aborts. */
export interface HookCall { readonly signal: AbortSignal; readonly actor: CallActor }

/** A message on its way in or out, before it is stored. */
export interface MessageDraft { text: string; kind: MessageKind; attachmentIds: string[] }

export interface IncomingMessage extends MessageDraft { brandId: string; departmentId: string | null; channel: string }
export interface OutgoingReply extends MessageDraft { conversationId: string }

export interface ConversationRef { id: string; brandId: string; departmentId: string | null; channel: string; contactId: string }

/**
 * Filters change a value, in series by priority, then plugin id. A throw, a time-out or a result that
 * does not fit the schema leaves the value as it was. Third parties add hooks by declaration merging.
 */
export interface FilterHooks {
  'message.incoming': { value: IncomingMessage; context: { conversationId: string | null; contactId: string } };
  'reply.outgoing': { value: OutgoingReply; context: { conversation: ConversationRef } };
  'conversation.list': { value: { ids: string[] }; context: { view: string; operatorId: string } };
  'search.results': { value: { ids: string[] }; context: { query: string; operatorId: string } };
  /** A mail, before its first try. Its recipient is not for a plugin to change. */
  'notification.outgoing': { value: { subject: string; text: string; html: string | null }; context: { mailId: string; to: string } };
  'csp.sources': { value: { connect: string[]; img: string[]; frame: string[] }; context: { surface: 'admin' | 'portal' | 'widget' } };
  'placeholders.values': { value: Record<string, unknown>; context: { conversationId: string | null; /** `<plugin>.<id>` of a mail. */ template: string | null } };
}

/** Guards may refuse. A throw or a time-out denies. */
export interface GuardHooks {
  'message.accept': { input: IncomingMessage & { contactId: string } };
  'conversation.close': { input: { conversation: ConversationRef } };
  'conversation.assign': { input: { conversation: ConversationRef; assigneeIds: string[] } };
  'conversation.view': { input: { conversation: ConversationRef; operatorId: string } };
  'operator.sign-in': { input: { operatorId: string } };
}

interface ConversationEvent { conversation: ConversationRef }

/** Events are facts: they come after commit, at least once, each with an `eventId` to tell repeats apart. */
export interface EventHooks {
  'conversation.created': ConversationEvent;
  'conversation.replied': ConversationEvent & { messageId: string; seq: number; authorType: AuthorType; text: string };
  'conversation.noted': ConversationEvent & { messageId: string; seq: number; text: string };
  /** `addedIds`: those among them who were not assigned before. */
  'conversation.assigned': ConversationEvent & { assigneeIds: string[]; addedIds: string[] };
  'conversation.status-changed': ConversationEvent & { from: string; to: string };
  'conversation.closed': ConversationEvent;
  'conversation.escalated': ConversationEvent & { number: string };
  'conversation.moved': ConversationEvent & { fromDepartmentId: string | null };
  'conversation.merged': ConversationEvent & { intoId: string };
  /** An assistant gave the conversation to people. */
  'conversation.handed-over': ConversationEvent & { assistantId: string; reason: HandOverReason };
  /** An assistant's turn ended. `question`: what it was asked; `reason`: why a person goes on, if one does. */
  'assistant.turn-ended': ConversationEvent & { runId: string; assistantId: string; status: AssistantRunDto['status']; reason: HandOverReason | null; confidence: number | null; question: string; locale: string };
  /** Somebody said whether an answer was good. */
  'assistant.answer-rated': ConversationEvent & { runId: string; assistantId: string; rating: 'up' | 'down' | null; by: 'contact' | 'operator' };
  /** A tool ran, for an assistant or an operator. What it answered is not told. */
  'tool.called': ConversationEvent & { callId: string; /** `<plugin>.<tool>`. */ toolId: string; effect: 'read' | 'write'; status: 'done' | 'failed'; by: { type: 'assistant' | 'operator'; id: string } };
  /** What answers stand on changed: articles, sources, guidance. Told once for many changes. */
  'knowledge.changed': { brandId: string | null };
  'contact.created': { contactId: string; brandId: string };
  'contact.updated': { contactId: string; brandId: string };
  /** `contactId` is who they are; `fromContactId` leads there from now on. */
  'contact.merged': { contactId: string; fromContactId: string; brandId: string };
  'operator.signed-in': { operatorId: string };
  'plugin.activated': { pluginId: string };
  'plugin.deactivated': { pluginId: string };
}

export type FilterName = keyof FilterHooks & string;
export type GuardName = keyof GuardHooks & string;
export type EventName = keyof EventHooks & string;

export type FilterHandler<N extends FilterName> = (
  value: FilterHooks[N]['value'], context: FilterHooks[N]['context'], call: HookCall,
) => FilterHooks[N]['value'] | Promise<FilterHooks[N]['value']>;

/** `deny` is a text key of the plugin; the person sees its text. */
export interface Denial { deny: string }
export type GuardHandler<N extends GuardName> = (
  input: GuardHooks[N]['input'], call: HookCall,
) => Denial | void | undefined | Promise<Denial | void | undefined>;

export type EventHandler<N extends EventName> = (
  event: EventHooks[N] & { eventId: string; occurredAt: string }, call: HookCall,
) => void | Promise<void>;

export interface HookOptions { /** Lower runs first; 10 unless told. */ priority?: number }

export interface HooksApi {
  filter<N extends FilterName>(name: N, handler: FilterHandler<N>, options?: HookOptions): Promise<void>;
  guard<N extends GuardName>(name: N, handler: GuardHandler<N>, options?: HookOptions): Promise<void>;
  on<N extends EventName>(name: N, handler: EventHandler<N>): Promise<void>;
}
