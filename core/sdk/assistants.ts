import type { ContextEntry, Traits } from './dto.ts';
import type { ProviderCall } from './providers.ts';

/** What an answer stands on, as its reader sees it; `url` is null where there is no page to open. */
export interface AnswerSource { title: string; url: string | null }

/** `off`: never asked. `suggest`: drafts for operators. `answer`: answers people. */
export type AssistantMode = 'off' | 'suggest' | 'answer';

/** One assistant as the desk knows it: it gets an operator account, to which conversations are assigned. */
export interface AssistantAccount {
  /** The provider's own id of it; stable. */
  id: string;
  name: string;
  /** Picture as `data:image/(png|jpeg|webp);base64,…`, at most 64 KB. */
  avatar?: string | null;
  brandIds: string[] | 'all';
  mode: AssistantMode;
  /** Answers where none was named; of several the first counts. */
  isDefault?: boolean;
}

export const handOverReasons = ['asked', 'dissatisfied', 'no-knowledge', 'low-confidence', 'attempts', 'keyword', 'rule', 'always', 'tool', 'limit', 'budget', 'failed', 'stopped'] as const;
/** Why a person goes on. `stopped`: the assistant was switched off. */
export type HandOverReason = (typeof handOverReasons)[number];

export interface HandOver {
  reason: HandOverReason;
  /** For the person who takes over; kept as a note. Markdown. */
  summary?: string;
  departmentId?: string;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  tags?: string[];
  /** Public words beside or instead of an answer ("a colleague will write to you by mail"). */
  message?: string;
}

/** What a message of a conversation is to an assistant: public replies only. */
export interface TurnMessage { seq: number; author: 'contact' | 'assistant' | 'operator'; name: string; text: string; attachments: { name: string; type: string }[]; createdAt: string }

export interface TurnContact {
  id: string;
  kind: 'anonymous' | 'identified' | 'verified';
  name: string | null;
  locale: string | null;
  traits: Traits;
  company: { name: string | null; traits: Traits } | null;
  /** Errors first. `description`: what an admin wrote about the key; `isTrusted`: said by a server or beside a valid token. */
  context: (ContextEntry & { key: string; description: string | null; isTrusted: boolean })[];
}

/** A tool that may be called in this turn. `name` fits what models accept (`stripe_refund`). */
export interface TurnTool { name: string; label: string; description: string; effect: 'read' | 'write'; /** JSON schema of the input. */ input: Record<string, unknown>; needsApproval: boolean }

/** What came of a call that a person had to decide. */
export interface DecidedCall { name: string; input: unknown; status: 'done' | 'failed' | 'rejected'; result?: unknown; reason?: string }

export interface AssistantTurn {
  /** Of this turn; a turn is never run twice. */
  runId: string;
  assistantId: string;
  /** `suggest`: a draft that an operator reads, changes and sends. */
  mode: 'answer' | 'suggest';
  conversation: { id: string; brandId: string; channel: string; departmentId: string | null; subject: string | null; locale: string; isTicket: boolean; createdAt: string; meta: Record<string, string> };
  contact: TurnContact;
  /** The newest 50, ascending. */
  messages: TurnMessage[];
  /** How often the assistant has answered in this conversation. */
  answers: number;
  tools: TurnTool[];
  /** Decided since the last turn. */
  decided: DecidedCall[];
}

/** What an answer came from, kept for people who ask why. */
export interface AnswerTrace {
  /** Null when no model wrote it. */
  model: string | null;
  /** Changes when instructions, model settings or the prompt's wording change. */
  promptVersion: string;
  passages: { id: string; title: string; url: string | null; score: number; excerpt: string }[];
  inputTokens: number;
  outputTokens: number;
  /** Millionths of the currency that the prices are given in; null when the price is not known. */
  costMicros: number | null;
  notes?: string[];
}

export interface AssistantAnswer {
  /** Limited Markdown as in every message. Empty when it has nothing to say. */
  text: string;
  sources?: AnswerSource[];
  /** 0…100. */
  confidence?: number;
  /** A person goes on after this. */
  handOver?: HandOver;
  trace?: AnswerTrace;
}

export type ToolOutcome =
  | { status: 'done'; result: unknown }
  /** A person decides; the assistant hears of it in a later turn. */
  | { status: 'pending'; approvalId: string }
  | { status: 'refused' | 'failed'; reason: string };

export interface TurnCall extends ProviderCall {
  /** A piece of the answer as it is made. Throws once the assistant lost its turn: stop then. */
  emit(text: string): Promise<void>;
  /** Calls one of the turn's tools. Whose data it touches the desk decides: a tool takes no identity. */
  callTool(name: string, input: unknown): Promise<ToolOutcome>;
}

export const assistKinds = ['draft', 'summarise', 'rewrite', 'translate', 'ask', 'similar'] as const;
/** What an operator may ask for beside a conversation. */
export type AssistKind = (typeof assistKinds)[number];
export interface AssistRequest {
  kind: AssistKind;
  assistantId: string;
  operatorId: string;
  /** The turn as an assistant would see it. */
  turn: Omit<AssistantTurn, 'runId' | 'mode' | 'tools' | 'decided'>;
  /** Text to rewrite or translate, or the question to ask. */
  text?: string;
  /** How to rewrite: 'friendlier', 'shorter', 'formal', 'fix' or the operator's own words. */
  instruction?: string;
  /** Language to write in. */
  locale?: string;
}

/** Answers in conversations. */
export interface AssistantProvider {
  id: string;
  label: string;
  /** The assistants there are now; asked often, so answer from memory or one indexed read. Without it: one, named like the provider, for all brands. */
  accounts?(call: ProviderCall): Promise<AssistantAccount[]>;
  /**
   * Answers one turn within 60 s. What comes after the turn was lost (a person answered, the conversation was taken over) is
   * kept as a private draft. A throw or a time-out hands the conversation to a person.
   */
  answer(turn: AssistantTurn, call: TurnCall): Promise<AssistantAnswer>;
  /** Helps an operator to write; nothing of it is sent without a person. */
  assist?(request: AssistRequest, call: ProviderCall & { emit(text: string): Promise<void> }): Promise<{ text: string; sources?: AnswerSource[]; similar?: { conversationId: string; title: string; excerpt: string }[] }>;
}

/** A language or embedding model that other plugins and the knowledge may use. */
export interface ModelProvider {
  id: string;
  label: string;
  kind: 'language' | 'embedding';
  /** What stands behind it now; null when none is set up. A change of `name` makes the knowledge embed anew. */
  describe?(call: ProviderCall): Promise<{ name: string } | null>;
  generate?(input: { system: string; messages: { role: 'user' | 'assistant'; text: string }[]; maxTokens: number }, call: ProviderCall): AsyncIterable<string>;
  /** One vector per text, all of one length. At most 64 texts a call. */
  embed?(texts: string[], call: ProviderCall): Promise<number[][]>;
}

/** What people and answers say about each other, for plugins that learn from it. */
export interface AssistantRunDto {
  id: string;
  assistantId: string;
  conversationId: string;
  brandId: string;
  /** What the person asked. */
  question: string;
  status: 'answered' | 'handed-over' | 'drafted' | 'superseded' | 'failed';
  reason: HandOverReason | null;
  confidence: number | null;
  locale: string;
  createdAt: string;
}
