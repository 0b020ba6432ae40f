import type { AttachmentDto, BrandDto, ContactDto, ContextEntry, DepartmentDto, Page, PublicConversationDto, PublicMessageDto, Traits, VerifiedIdentity } from './dto.ts';
import type { CallActor, HooksApi } from './hooks.ts';
import type { AssistantProvider, AssistantRunDto, ModelProvider } from './assistants.ts';
import type { KnowledgeApi } from './knowledge.ts';
import type {
  AutomationPart, ChannelHandle, ChannelProvider, CommandProvider, EmailTemplate, IdentityProvider, PanelProvider, SearchProvider, ToolProvider, WebhookReceiver,
} from './providers.ts';
import type { RealtimeApi } from './realtime.ts';
import type { RoutesApi } from './routes.ts';

/** Structured log of one plugin: its id is on every line, secrets are redacted. */
export interface PluginLog {
  debug(message: string, data?: Record<string, unknown>): void;
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
}

/** Small values that a plugin keeps: alone, per conversation, or per contact. JSON, at most 64 KB each. */
export interface KeyValueStore {
  get<T>(key: string, scope?: StoreScope): Promise<T | undefined>;
  set(key: string, value: unknown, scope?: StoreScope): Promise<void>;
  delete(key: string, scope?: StoreScope): Promise<void>;
}
export type StoreScope = { conversationId: string } | { contactId: string };

export interface SettingsApi<S> {
  /** Values of a brand with their global fallback; secrets in clear, so keep them out of answers and logs. */
  get(brandId?: string): Promise<S>;
  /** Runs after a change, on every process. */
  onChange(handler: () => void | Promise<void>): Promise<void>;
}

/** Requests out: only to hosts the manifest names (`http:<host>`), guarded against private addresses, bounded in size and time. */
export interface HttpApi {
  fetch(url: string, init?: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array; timeoutMs?: number; maxBytes?: number }): Promise<{ status: number; headers: Record<string, string>; body: Uint8Array; text(): string; json(): unknown }>;
  /**
   * The same with the body as it comes, for answers that are made slowly. `idleMs`: the longest pause (30 s unless told);
   * `timeoutMs` bounds the whole (5 min at most). Leaving the loop closes the connection.
   */
  stream(url: string, init?: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array; timeoutMs?: number; idleMs?: number; maxBytes?: number; signal?: AbortSignal }): Promise<{ status: number; headers: Record<string, string>; body: AsyncIterable<Uint8Array> }>;
}

/** The plugin's own tables (`p_<id>_…`), with `db:own`. `?` are bindings. Any other table is refused. */
export interface DatabaseApi {
  readonly dialect: 'sqlite' | 'mysql';
  query<T = Record<string, unknown>>(sql: string, bindings?: readonly unknown[]): Promise<T[]>;
  /** Answers the number of rows changed. */
  run(sql: string, bindings?: readonly unknown[]): Promise<number>;
  /** All or nothing; statements run in order. */
  batch(statements: readonly { sql: string; bindings?: readonly unknown[] }[]): Promise<void>;
  /** Full name of one of the plugin's tables. */
  table(name: string): string;
}

export interface JobContext { readonly id: string; readonly attempt: number; readonly signal: AbortSignal }
export interface JobsApi {
  /** Handlers run at least once: `data` names what makes a repeat harmless. Held while the plugin is off. */
  define<T>(name: string, handler: (data: T, job: JobContext) => Promise<void>, options?: { attempts?: number; timeoutMs?: number }): Promise<void>;
  /** `id` makes a second add of the same job a no-op until it has run. */
  add(name: string, data: unknown, options?: { id?: string; delayMs?: number }): Promise<void>;
  /** Cron expression in UTC; one run per installation. */
  cron(name: string, pattern: string, handler: (job: JobContext) => Promise<void>): Promise<void>;
}

/** Customers. Every call needs `contacts:read` or `contacts:write`. */
export interface ContactsApi {
  create(input: { brandId: string; kind?: 'anonymous' | 'identified'; name?: string; email?: string; locale?: string }): Promise<ContactDto>;
  get(id: string): Promise<ContactDto | null>;
  /** Name and address as the person gave them: an anonymous contact becomes identified, never verified. */
  update(id: string, input: { name?: string; email?: string; locale?: string }): Promise<ContactDto>;
  /** Whether the brand knows a verified contact with this address. Never tell a visitor. */
  isKnownAddress(input: { brandId: string; email: string }): Promise<boolean>;
  /**
   * The person behind `contactId` proved who they are. An unverified contact becomes that person: it is verified itself, or
   * its conversations and sessions move to the verified contact that is there already. A contact that was verified as
   * somebody else stays as it is, and the one of the identity is answered (made where there is none). The answer is who
   * they are now; sockets of a contact that was merged away are closed, and their tokens lead to the answer.
   */
  verify(input: { contactId: string | null; brandId: string; identity: VerifiedIdentity }): Promise<{ contact: ContactDto; merged: boolean }>;
  /**
   * What a page or a server says about a person. `isTrusted`: by a server key or beside a valid token. Without it only
   * the contact itself is changed, its `externalId` is a claim, and nothing is read back.
   */
  identify(input: { contactId: string; isTrusted: boolean; externalId?: string; traits?: Traits; context?: Record<string, ContextEntry | null> }): Promise<ContactDto>;
  /** The same for the company that the contact belongs to. */
  identifyCompany(input: { contactId: string; isTrusted: boolean; externalId: string; traits?: Traits; context?: Record<string, ContextEntry | null> }): Promise<void>;
  /** `null` clears an entry; `entries: null` clears all of the contact's. */
  setContext(input: { contactId: string; isTrusted: boolean; entries: Record<string, ContextEntry | null> | null }): Promise<void>;
  /** Something the person did (`event`), or a page they opened (`page`): the newest 50 of each are kept. */
  track(input: { contactId: string; kind: 'event' | 'page'; name: string; meta?: Record<string, unknown> }): Promise<void>;
  readonly sessions: {
    /** A bearer token for one browser, shown once; only its hash is kept. `maxAgeMs` for one that ends sooner than a year without use. */
    create(contactId: string, options?: { maxAgeMs?: number }): Promise<{ token: string; expiresAt: string }>;
    verify(token: string): Promise<{ contactId: string; sessionId: string; expiresAt: string } | null>;
    revoke(token: string): Promise<void>;
  };
}

/** Seals small secrets of the plugin (AES-256-GCM, bound to the plugin and `place`), to keep in its own tables. */
export interface SecretsApi {
  seal(text: string, place: string): Promise<string>;
  /** Throws for what was not sealed at that place. */
  open(sealed: string, place: string): Promise<string>;
}

/** To whom a mail goes. Addresses of people stay with the desk: a contact gets mail only at an address that it proved. */
export type MailRecipient = { contactId: string } | { operatorId: string } | { address: string; name?: string };

export interface PluginMail {
  /** Id of one of the plugin's templates. */
  template: string;
  /** Id of a template that an admin made out of it; the shipped one when it is not there (any more). */
  variant?: string | null;
  to: MailRecipient;
  /** What stands for the template's placeholders; JSON. Texts are escaped where they are put. */
  values: Record<string, unknown>;
  /** Unless told: the recipient's, else the brand's. */
  locale?: string;
  brandId?: string;
  /** A second mail with the same key is not sent. */
  idempotencyKey: string;
  /** Stands in the footer and in List-Unsubscribe (one click, RFC 8058). */
  unsubscribeUrl?: string;
  /** Mails of one conversation stay together in the reader's mailbox (References). */
  threadId?: string;
}
/** `suppressed`: there is no proved address, or a limit was reached; `reason` for the log. */
export type MailResult = { status: 'queued' } | { status: 'suppressed'; reason: 'no-address' | 'unverified' | 'limit' | 'gone' };

/** An operator who wants mail about a conversation and has not read all of it. */
export interface Audience { operatorId: string; name: string; locale: string; /** Highest seq they have read. */ readSeq: number }

/** `text` is a preview of what is being written; `message` is what was said. */
export type AnswerPiece = { text: string } | { done: { handledBy: 'assistant' | 'human'; message: PublicMessageDto | null } };

/** Conversations as one contact may see them: no note, no other contact's thread. */
export interface ConversationsApi {
  list(input: { contactId: string; limit?: number; cursor?: string }): Promise<Page<PublicConversationDto>>;
  get(input: { contactId: string; conversationId: string }): Promise<PublicConversationDto | null>;
  /** Ascending by seq. `afterSeq` for what was missed, `beforeSeq` for history. `tooFar`: start over from the newest page. */
  messages(input: { contactId: string; conversationId: string; afterSeq?: number; beforeSeq?: number; limit?: number }): Promise<{ data: PublicMessageDto[]; tooFar: boolean; conversation: PublicConversationDto }>;
  markRead(input: { contactId: string; conversationId: string; seq: number }): Promise<void>;
  typing(input: { contactId: string; conversationId: string; isTyping: boolean }): Promise<void>;
  close(input: { contactId: string; conversationId: string }): Promise<PublicConversationDto>;
  /** Conversations that people resolved, newest first: needs `conversations:read`. Their messages are read with the contact's id. */
  resolved(input: { brandId?: string; limit?: number; cursor?: string }): Promise<Page<{ id: string; contactId: string; brandId: string; subject: string | null; locale: string; closedAt: string; wasAnsweredByAssistant: boolean }>>;
  /**
   * What an assistant says after a message, as it is written, then how it ended. `human` at once where people answer. Needs
   * `messages:read`; ends after `timeoutMs` (90 s at most), with who answers by then.
   */
  answer(input: { contactId: string; conversationId: string; afterSeq: number; timeoutMs?: number }): Promise<AsyncIterable<AnswerPiece>>;
  /** The contact says whether an assistant's answer was good; the last word counts. */
  rateAnswer(input: { contactId: string; conversationId: string; messageId: string; rating: 'up' | 'down' | null }): Promise<void>;
  /** The contact wants a person: the assistant gives the conversation to people. Without effect where people answer. */
  askForPerson(input: { contactId: string; conversationId: string }): Promise<PublicConversationDto>;
  /** Whether an operator of the brand is online now. */
  presence(input: { brandId: string }): Promise<{ isOnline: boolean }>;
}

export interface FilesApi {
  /** Turns a route's upload into an attachment that the contact may use in one message. */
  claimUpload(input: { uploadId: string; contactId: string }): Promise<AttachmentDto>;
  get(input: { fileId: string; contactId: string }): Promise<AttachmentDto | null>;
}

/** Everything a plugin can do. What is registered here is undone by the host at deactivation, in reverse. */
export interface PluginContext<S = Record<string, unknown>> {
  readonly plugin: { readonly id: string; readonly version: string };
  /** PUBLIC_URL of the desk, without a slash at its end. */
  readonly publicUrl: string;
  readonly hooks: HooksApi;
  readonly routes: RoutesApi;
  readonly realtime: RealtimeApi;
  readonly jobs: JobsApi;
  readonly channels: { register(provider: ChannelProvider): Promise<ChannelHandle> };
  readonly assistants: {
    /** Needs `messages:read`. */
    register(provider: AssistantProvider): Promise<void>;
    /** Turns that ended, newest first. */
    runs(input: { assistantId?: string; status?: AssistantRunDto['status']; limit?: number; cursor?: string }): Promise<Page<AssistantRunDto>>;
  };
  readonly models: {
    register(provider: ModelProvider): Promise<void>;
    /** Models of other plugins, with `ai:use`. */
    list(): Promise<{ id: string; label: string; kind: ModelProvider['kind'] }[]>;
    generate(id: string, input: { system: string; messages: { role: 'user' | 'assistant'; text: string }[]; maxTokens: number }): AsyncIterable<string>;
  };
  readonly tools: { register<I>(provider: ToolProvider<I>): Promise<void> };
  readonly panels: { register(place: 'conversation' | 'contact', provider: PanelProvider): Promise<void> };
  readonly webhooks: {
    receive(receiver: WebhookReceiver): Promise<void>;
    /** Address of one of the plugin's receivers, to give to the sender. */
    url(id: string): Promise<string>;
  };
  readonly search: { provider(provider: SearchProvider): Promise<void> };
  readonly commands: { add(command: CommandProvider): Promise<void> };
  readonly emails: {
    /** Its texts are files of the plugin, `emails/<id>/<locale>.md`; an admin may change them per brand and language. */
    template(template: EmailTemplate): Promise<void>;
    /** Needs `email:send`. Queued, sent once, kept in the mail log. */
    send(mail: PluginMail): Promise<MailResult>;
  };
  readonly automation: {
    trigger(part: AutomationPart): Promise<void>;
    condition(part: AutomationPart): Promise<void>;
    action(part: AutomationPart): Promise<void>;
  };
  readonly store: KeyValueStore;
  readonly settings: SettingsApi<S>;
  readonly http: HttpApi;
  readonly db: DatabaseApi;
  readonly contacts: ContactsApi;
  readonly conversations: ConversationsApi;
  readonly files: FilesApi;
  readonly knowledge: KnowledgeApi;
  readonly brands: { /** With `for` those that this operator or token may reach: who asks in a route. */ list(of?: { for: CallActor }): Promise<BrandDto[]>; get(idOrSlug: string): Promise<BrandDto | null> };
  readonly departments: { list(): Promise<DepartmentDto[]> };
  readonly operators: {
    get(id: string): Promise<{ id: string; name: string; avatarUrl: string | null } | null>;
    /** Who is to be mailed about a conversation, by each one's own choice (scope, quiet hours); whoever has read everything is left out. */
    audience(input: { conversationId: string; event: 'conversation.created' | 'contact.replied' }): Promise<Audience[]>;
  };
  /** Vouches for publishable keys and signed tokens at `/api/sdk`. */
  readonly identity: { register(provider: IdentityProvider): Promise<void> };
  readonly secrets: SecretsApi;
  /** Locales the desk has, and the texts of one namespace (`widget`) in one of them with English behind it. */
  readonly i18n: { locales(): Promise<string[]>; texts(locale: string, namespace: string): Promise<Record<string, string>> };
  /** A text of the plugin's own `locales/`. */
  t(key: string, values?: Record<string, string | number>, locale?: string): string;
  readonly log: PluginLog;
  /** Runs at deactivation, bounded to 5 s. */
  onDispose(disposer: () => void | Promise<void>): void;
}
