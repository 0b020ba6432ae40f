import type { AnswerSource, AnswerTrace } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import type { AnswerDto, AssistantDto, ConversationAssistant, SuggestionDto } from '../../shared/assistants.ts';
import { selectPeople, type LoadedConversation } from '../conversations/index.ts';
import type { KnownAssistant } from './assistant-accounts.ts';
import type { AssistantRun } from './assistant-run.model.ts';
import { isBusy } from './run.queries.ts';

type Calls = ReadonlyMap<string, AnswerDto['calls']>;

export const presentAssistant = ({ operator, account, pluginId, provider }: KnownAssistant): AssistantDto => ({
  id: operator.uid, name: account.name, avatarUrl: account.avatar ?? null, pluginId, mode: account.mode, isDefault: account.isDefault === true,
  brandIds: account.brandIds, canAssist: provider.assist !== undefined, isThere: true,
});

export async function presentConversationAssistant(ctx: ActionContext, row: LoadedConversation, known: KnownAssistant | null): Promise<ConversationAssistant> {
  const person = row.assistant_id === null ? undefined : (await selectPeople(ctx.db, [row.assistant_id])).get(row.assistant_id);
  return {
    state: row.ai_state,
    assistant: person ? { id: person.uid, name: person.name, avatarUrl: known?.account.avatar ?? null } : null,
    isBusy: await isBusy(ctx.db, row.id, Date.now()),
  };
}

export async function presentAnswers(ctx: ActionContext, runs: readonly AssistantRun[], calls: Calls): Promise<AnswerDto[]> {
  const people = await selectPeople(ctx.db, runs.map(({ operator_id }) => operator_id));
  return runs.map((run) => ({
    id: run.uid,
    assistant: { id: people.get(run.operator_id)?.uid ?? '', name: people.get(run.operator_id)?.name ?? '' },
    status: run.status, reason: run.reason, messageId: run.message_uid, question: run.question, text: run.text, confidence: run.confidence,
    sources: sourcesOf(run), trace: run.trace ? JSON.parse(run.trace) as AnswerTrace : null, calls: calls.get(run.uid) ?? [],
    latencyMs: run.latency_ms, error: run.error,
    rating: { contact: run.contact_rating, operator: run.operator_rating, comment: run.rating_comment },
    createdAt: new Date(run.created_at).toISOString(),
  }));
}

export async function presentSuggestion(ctx: ActionContext, run: AssistantRun): Promise<SuggestionDto> {
  const person = (await selectPeople(ctx.db, [run.operator_id])).get(run.operator_id);
  return {
    id: run.uid, assistant: { id: person?.uid ?? '', name: person?.name ?? '' }, text: run.text, sources: sourcesOf(run), confidence: run.confidence,
    afterSeq: run.trigger_seq, createdAt: new Date(run.created_at).toISOString(),
  };
}

const sourcesOf = (run: AssistantRun): AnswerSource[] => (run.sources ? JSON.parse(run.sources) as AnswerSource[] : []);
