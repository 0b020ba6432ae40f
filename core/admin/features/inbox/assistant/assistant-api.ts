import type { AnswerDto, AssistAnswer, AssistantDto, AssistantState, AssistBody, ConversationAssistant, SuggestionDto } from '../../../../shared/assistants.ts';
import type { ConversationDetail } from '../../../../shared/conversations.ts';
import { readLines } from '../../../api/read-lines.ts';
import { api } from '../../../sdk/api.ts';

export const assistantKeys = {
  all: ['assistants'] as const,
  of: (conversationId: string) => ['assistant', conversationId] as const,
  state: (conversationId: string) => ['assistant', conversationId, 'state'] as const,
  answers: (conversationId: string) => ['assistant', conversationId, 'answers'] as const,
  suggestion: (conversationId: string) => ['assistant', conversationId, 'suggestion'] as const,
};

export type AssistLine = { text: string } | { done: AssistAnswer };

export const assistantApi = {
  list: () => api.get<{ data: AssistantDto[] }>('/assistants'),
  state: (id: string) => api.get<ConversationAssistant>(`/conversations/${id}/assistant`),
  set: (id: string, body: { version: number; state: AssistantState; assistantId?: string }) => api.put<ConversationDetail>(`/conversations/${id}/assistant`, body),
  answers: (id: string) => api.get<{ data: AnswerDto[] }>(`/conversations/${id}/answers`),
  suggestion: (id: string) => api.get<{ suggestion: SuggestionDto | null }>(`/conversations/${id}/suggestion`),
  dismiss: (id: string, runId: string) => api.delete(`/conversations/${id}/suggestion/${runId}`),
  rate: (answerId: string, rating: 'up' | 'down' | null, comment?: string) => api.put<AnswerDto>(`/answers/${answerId}/rating`, { rating, ...(comment === undefined ? {} : { comment }) }),
  toArticle: (answerId: string) => api.post<{ id: string }>(`/answers/${answerId}/article`, {}),
  /** Lines as they come; throws `ApiError` for a refusal, also one in the middle. */
  assist: (id: string, body: AssistBody, signal: AbortSignal): AsyncIterable<AssistLine> => readLines<AssistLine>(`/api/v1/conversations/${id}/assist`, body, signal),
};
