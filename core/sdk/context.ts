import type { AttachmentDto, BrandDto, ContactDto, DepartmentDto, Page, PublicConversationDto, PublicMessageDto } from './dto.ts';
import type { HooksApi } from './hooks.ts';
import type {
  AssistantProvider, AutomationPart, ChannelHandle, ChannelProvider, CommandProvider, EmailTemplate, ModelProvider,
  PanelProvider, SearchProvider, ToolProvider, WebhookReceiver,
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
  readonly sessions: {
    /** A bearer token for one browser, shown once; only its hash is kept. */
    create(contactId: string): Promise<{ token: string; expiresAt: string }>;
    verify(token: string): Promise<{ contactId: string; sessionId: string } | null>;
    revoke(token: string): Promise<void>;
  };
}

/** Conversations as one contact may see them: no note, no other contact's thread. */
export interface ConversationsApi {
  list(input: { contactId: string; limit?: number; cursor?: string }): Promise<Page<PublicConversationDto>>;
  get(input: { contactId: string; conversationId: string }): Promise<PublicConversationDto | null>;
  /** Ascending by seq. `afterSeq` for what was missed, `beforeSeq` for history. `tooFar`: start over from the newest page. */
  messages(input: { contactId: string; conversationId: string; afterSeq?: number; beforeSeq?: number; limit?: number }): Promise<{ data: PublicMessageDto[]; tooFar: boolean; conversation: PublicConversationDto }>;
  markRead(input: { contactId: string; conversationId: string; seq: number }): Promise<void>;
  typing(input: { contactId: string; conversationId: string; isTyping: boolean }): Promise<void>;
  close(input: { contactId: string; conversationId: string }): Promise<PublicConversationDto>;
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
  readonly assistants: { register(provider: AssistantProvider): Promise<void> };
  readonly models: { register(provider: ModelProvider): Promise<void> };
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
    template(template: EmailTemplate): Promise<void>;
    /** Needs `email:send`. Queued, sent once, kept in the mail log. */
    send(input: { template: string; to: string; values: Record<string, string>; locale?: string; brandId?: string; idempotencyKey: string }): Promise<void>;
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
  readonly brands: { list(): Promise<BrandDto[]>; get(idOrSlug: string): Promise<BrandDto | null> };
  readonly departments: { list(): Promise<DepartmentDto[]> };
  readonly operators: { get(id: string): Promise<{ id: string; name: string; avatarUrl: string | null } | null> };
  /** Locales the desk has, and the texts of one namespace (`widget`) in one of them with English behind it. */
  readonly i18n: { locales(): Promise<string[]>; texts(locale: string, namespace: string): Promise<Record<string, string>> };
  /** A text of the plugin's own `locales/`. */
  t(key: string, values?: Record<string, string | number>, locale?: string): string;
  readonly log: PluginLog;
  /** Runs at deactivation, bounded to 5 s. */
  onDispose(disposer: () => void | Promise<void>): void;
}
