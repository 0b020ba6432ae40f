import type { RouteRecordRaw } from 'vue-router';
import { views } from '../../../shared/conversations.ts';

const inbox = () => import('./InboxPage.vue');

/** The view is in the address, so Back, links and reloads find the same list and the same conversation. */
export const inboxRoutes: RouteRecordRaw[] = [
  { path: '', redirect: '/inbox' },
  { path: 'inbox', name: 'inbox-home', redirect: () => ({ name: 'inbox', params: { view: localStorage.getItem('plugboard.view') ?? 'mine' } }) },
  { path: `inbox/:view(${views.join('|')})/:conversationId([a-z2-7]{26})?`, name: 'inbox', component: inbox, meta: { ability: 'conversations.view' } },
  { path: 'inbox/departments/:departmentId/:conversationId([a-z2-7]{26})?', name: 'inbox-department', component: inbox, meta: { ability: 'conversations.view' } },
  { path: 'conversations/:conversationId', redirect: (to) => ({ name: 'inbox', params: { view: 'all', conversationId: to.params.conversationId } }) },
];
