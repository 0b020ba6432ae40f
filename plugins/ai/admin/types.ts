export type ByLocale = Record<string, string>;
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Mode = 'off' | 'suggest' | 'answer';
export type Score = 'answered' | 'escalated' | 'grounded';

export type RuleField = 'trait' | 'company' | 'company-trait' | 'context' | 'contact-kind' | 'department' | 'channel' | 'locale' | 'page';
export type RuleOperator = 'is' | 'is-not' | 'contains' | 'not-contains' | 'greater' | 'less' | 'is-set' | 'is-not-set';
export interface RuleCondition { field: RuleField; key: string; operator: RuleOperator; value: string }
export interface Rule { id: string; name: string; conditions: RuleCondition[]; action: 'hand-over' | 'keep'; departmentId: string | null; priority: Priority | null; tags: string[] }
export interface Opening { day: number; from: string; to: string }
export interface Destination { departmentId: string | null; message: string; messageByLocale: ByLocale }
export interface Escalation {
  mode: 'off' | 'always' | 'conditional'; phrases: boolean; sentiment: boolean; noKnowledge: boolean;
  confidence: { isOn: boolean; threshold: number }; attempts: { isOn: boolean; count: number }; keywords: string[]; rules: Rule[];
  hours: { isOn: boolean; timeZone: string; days: Opening[] }; within: Destination; outside: Destination; priority: Priority | null; tags: string[];
}
export interface AssistantConfig {
  avatar: string | null; brandIds: string[] | 'all'; persona: string; tone: 'friendly' | 'neutral' | 'formal'; instructions: string; refusals: string;
  greeting: string; greetingByLocale: ByLocale; suggestedQuestions: string[]; suggestedQuestionsByLocale: Record<string, string[]>; languages: string[];
  modelIds: string[]; useTools: boolean; maxAnswers: number; gate: Record<Score, number | null>; escalation: Escalation;
}
export interface AssistantBody extends AssistantConfig { name: string; mode: Mode; isDefault: boolean }
/** As `/assistants` tells it. */
export interface Assistant extends AssistantBody {
  id: string; version: number; scores: Record<Score, number | null> | null; passesGate: boolean; createdAt: string; updatedAt: string;
}

export type ConnectionKind = 'openai-compatible' | 'anthropic';
export interface Connection { id: string; name: string; kind: ConnectionKind; baseUrl: string; apiKey: { set: boolean; last4: string | null } }
export interface Model {
  id: string; connectionId: string; kind: 'language' | 'embedding'; name: string; model: string; temperature: number; maxOutputTokens: number;
  inputPrice: number | null; outputPrice: number | null; isEmbedding: boolean;
}
export type CheckAnswer =
  | { ok: true; firstPieceMs: number; isStreaming: boolean; sample: string; models: string[] }
  | { ok: false; problem: string; field: 'baseUrl' | 'apiKey' | 'model' | null; message: string; detail: string };

export interface Settings {
  version: number; embeddingModelId: string | null; languageModelId: string | null; currency: string; budgetPerDay: number | null; brandBudgets: Record<string, number>;
  overBudget: 'retrieval' | 'hand-over'; benchAfterChanges: boolean; today: { spent: number; brands: Record<string, number> };
}

export type QuestionState = 'open' | 'done' | 'ignored';
export interface Question { id: string; brandId: string; locale: string; title: string; count: number; state: QuestionState; firstSeenAt: string; lastSeenAt: string; articleId: string | null }
export interface QuestionDetail extends Question { examples: { text: string; conversationId: string; reason: string | null; createdAt: string }[] }

export type Expectation = 'answer' | 'hand-over' | 'no-answer';
export interface BenchCase {
  id: string; brandId: string; locale: string; questions: string[]; expect: Expectation; facts: string[]; audience: 'public' | 'signed-in'; isEnabled: boolean;
  origin: 'hand' | 'conversation' | 'answer'; createdAt: string; updatedAt: string;
}
export interface BenchRun {
  id: string; assistantId: string; state: 'waiting' | 'running' | 'done' | 'failed'; trigger: 'hand' | 'assistant' | 'model' | 'knowledge'; model: string | null;
  caseCount: number; doneCount: number; answered: number | null; escalated: number | null; grounded: number | null; costMicros: number; createdAt: string; endedAt: string | null;
}
export interface BenchResult {
  caseId: string; question: string; expect: Expectation; isRight: boolean; grounded: number | null; outcome: Expectation | 'failed'; text: string; reason: string | null; missingFacts: string[]; confidence: number | null;
}
export interface BenchRunDetail extends BenchRun { results: BenchResult[] }
export interface Comparison { before: BenchRun; after: BenchRun; cases: { caseId: string; question: string; change: 'better' | 'worse' | 'same' | 'new' | 'gone'; before: BenchResult | null; after: BenchResult | null }[] }

export interface Figures { turns: number; answers: number; handOvers: number; inputTokens: number; outputTokens: number; costMicros: number; averageLatencyMs: number | null; up: number; down: number }
export interface Costs { currency: string; total: Figures; rows: ({ key: string; label: string | null } & Figures)[] }

export interface Page<T> { data: T[]; nextCursor: string | null }
export interface Brand { id: string; name: string; locale: string }
export interface Department { id: string; name: string }
export interface Language { id: string; name: string; direction: 'ltr' | 'rtl' }
