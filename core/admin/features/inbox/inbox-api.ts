import type { InfiniteData } from '@tanstack/vue-query';
import type { MessageDto } from '@plugboard/sdk';
import type { ChangeConversationBody, ContactDetail, ConversationDetail, ConversationSummary, Sort, View } from '../../../shared/conversations.ts';
import { api } from '../../sdk/api.ts';

export interface ListFilter { view: View; departmentId: string | null; q: string; sort: Sort }
export interface ConversationPage { data: ConversationSummary[]; nextCursor: string | null }
export type ConversationPages = InfiniteData<ConversationPage, string | null>;
/** The part of a thread that is loaded: always its end. */
export interface ThreadData { messages: MessageDto[]; hasOlder: boolean }
export type ConversationChange = Omit<ChangeConversationBody, 'version'>;

export const pageSize = 50;

export const keys = {
  lists: ['conversations', 'list'] as const,
  list: (filter: ListFilter) => ['conversations', 'list', filter] as const,
  conversation: (id: string) => ['conversation', id] as const,
  thread: (id: string) => ['thread', id] as const,
  contact: (id: string) => ['contact', id] as const,
  counts: ['counts'] as const,
};

interface MessagePage { data: MessageDto[]; hasMore: boolean }

export const inboxApi = {
  list: ({ view, departmentId, q, sort }: ListFilter, cursor: string | null, signal?: AbortSignal) =>
    api.get<ConversationPage>('/conversations', { query: { view, departmentId, q: q.trim(), sort, cursor, limit: pageSize }, ...(signal ? { signal } : {}) }),
  conversation: (id: string, signal?: AbortSignal) => api.get<ConversationDetail>(`/conversations/${id}`, signal ? { signal } : {}),
  newest: async (id: string, signal?: AbortSignal): Promise<ThreadData> => {
    const { data, hasMore } = await api.get<MessagePage>(`/conversations/${id}/messages`, { query: { limit: pageSize }, ...(signal ? { signal } : {}) });
    return { messages: data, hasOlder: hasMore };
  },
  older: (id: string, beforeSeq: number) => api.get<MessagePage>(`/conversations/${id}/messages`, { query: { beforeSeq, limit: pageSize } }),
  newer: (id: string, afterSeq: number) => api.get<MessagePage>(`/conversations/${id}/messages`, { query: { afterSeq, limit: 100 } }),
  send: (id: string, body: { cid: string; kind: 'reply' | 'note'; body: string; attachmentIds: string[]; expectedSeq?: number }) =>
    api.post<{ message: MessageDto }>(`/conversations/${id}/messages`, body),
  change: (id: string, version: number, change: ConversationChange) => api.patch<ConversationDetail>(`/conversations/${id}`, { version, ...change }),
  escalate: (id: string) => api.post<ConversationDetail>(`/conversations/${id}/escalation`),
  read: (id: string, seq: number) => api.post<void>(`/conversations/${id}/read`, { seq }),
  contact: (id: string, signal?: AbortSignal) => api.get<ContactDetail>(`/contacts/${id}`, signal ? { signal } : {}),
};

/** Address of a file of a message; pictures can be shown in the page. */
export const fileUrl = (id: string, variant: 'inline' | 'download'): string => `/api/v1/files/${id}?variant=${variant}`;
