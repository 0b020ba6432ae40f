/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type Traits = Record<string, Json | undefined>;

export type ContextType = 'list' | 'integration' | 'error' | 'status' | 'config' | 'feature' | 'metric' | 'relationship' | 'custom';
/** What operators and the assistant see of what goes on for somebody right now. Setting a key replaces what it had. */
export interface ContextEntry { label: string; type: ContextType; value: Json }

export type Theme = 'system' | 'light' | 'dark';
export type Position = 'left' | 'right';

/** How the messenger is reached. */
export interface UiOptions {
  /** What opens and closes it instead of the launcher: a CSS selector, an element or several. Elements may come later. */
  trigger?: string | Element | ArrayLike<Element>;
  /** `false`: no dot on the launcher for what is unread. */
  badge?: boolean;
  /** First words of the messenger, instead of the widget's. */
  greeting?: string;
  /** Opens by itself when there is something unread; not on `manualOnPaths`. */
  autoOpenUnseen?: boolean;
}

export interface UserDetails {
  email?: string;
  /** The token that your server signed; the same as `userToken`. */
  emailHash?: string;
  firstname?: string;
  lastname?: string;
}

/** What may change while the widget is there. */
export interface UpdateOptions {
  userId?: string;
  userTraits?: Traits;
  companyId?: string;
  companyTraits?: Traits;
  context?: Record<string, ContextEntry>;
  userDetails?: UserDetails;
  /** A JSON web token (HS256) that your server signed with the widget's secret. */
  userToken?: string;
  /** Asked for a token when one is needed, and again when it has run out. */
  getUserToken?: () => string | null | undefined | Promise<string | null | undefined>;
  position?: Position;
  theme?: Theme;
  locale?: string;
  /** `manual`: no launcher until `show`. */
  ui?: 'manual' | UiOptions;
}

export interface InitOptions extends UpdateOptions {
  /** Address of the desk; else where the script came from. */
  baseURL?: string;
  /** Slug, key (`pb_live_…`) or old name of a widget; `hash` and `apiKey` are other names of it. */
  widget?: string;
  hash?: string;
  apiKey?: string;
  /** Slug of a brand, whose first widget is taken; `orgId` is another name of it. */
  tenant?: string;
  orgId?: string;
  defaultMode?: 'popup' | 'sidebar' | 'full';
  /** Globs on `location.pathname` where it never opens by itself. */
  manualOnPaths?: string[];
  onReady?: (detail: undefined) => void;
  onError?: (error: PlugboardEvents['error']) => void;
  onMessage?: (message: PlugboardEvents['message']) => void;
  onAction?: (action: PlugboardEvents['action']) => void;
  onUnread?: (count: number) => void;
  onEscalated?: (detail: PlugboardEvents['escalated']) => void;
  onChatOpen?: (detail: undefined) => void;
  onChatClose?: (detail: undefined) => void;
}

/** Events of `on`, and of `window` as `plugboard:<name>`, by their detail. */
export interface PlugboardEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Somebody answered. */
  message: { text: string; authorName: string | null; conversationId?: string };
  unread: number;
  'conversation:start': { conversationId: string };
  /** An assistant handed the conversation to people. */
  escalated: { conversationId: string };
  /** A token or hash that is not believed; the chat goes on without it. */
  'identity:error': { code: string; reason?: string };
  error: { message?: string; code?: string };
  /** An assistant's answer asks the page to do something. */
  action: Record<string, unknown>;
}

export type Listener<Name extends keyof PlugboardEvents> = (detail: PlugboardEvents[Name]) => void;

export interface PlugboardMethods {
  /** Says who the visitor is. Without a token it is a claim: nothing of that person is shown. */
  identify(userId: string, traits?: Traits, options?: { userToken?: string }): Promise<unknown>;
  identifyCompany(companyId: string, traits?: Traits): Promise<unknown>;
  setContext(key: string, entry: ContextEntry): Promise<unknown>;
  /** One key, or all. */
  clearContext(key?: string): Promise<unknown>;
  trackEvent(name: string, meta?: Traits): Promise<unknown>;
  update(options: UpdateOptions): Promise<void>;
  open(): void;
  close(): void;
  toggle(): void;
  /** The launcher. */
  show(): void;
  hide(): void;
  /** Opens a new conversation, with a text in its box. */
  showNewMessage(text?: string): Promise<unknown>;
  showConversation(conversationId: string): Promise<unknown>;
  showArticle(slug: string): Promise<unknown>;
  setLocale(locale: string): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** Answers what takes the listener away again. */
  on<Name extends keyof PlugboardEvents>(name: Name, listener: Listener<Name>): () => void;
  off<Name extends keyof PlugboardEvents>(name: Name, listener: Listener<Name>): void;
  getUnreadCount(): number;
  /** Log-out: forgets the person in this browser. */
  shutdown(): void;
  /** Takes everything away; `init` may be called again. */
  destroy(): void;
  /** What the widget knows, for a look at it: secrets as present or absent. */
  debug(): Promise<unknown>;
}

type Call = { [Name in keyof PlugboardMethods]: [name: Name, ...values: Parameters<PlugboardMethods[Name]>] }[keyof PlugboardMethods];

/** `window.Plugboard`. */
export interface Plugboard extends PlugboardMethods {
  (...call: Call | [name: 'init', options: InitOptions]): unknown;
  init(options: InitOptions): Plugboard;
}
