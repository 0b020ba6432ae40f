import type { RouteRecordRaw } from 'vue-router';
import { withTexts } from './tools-api.ts';

export const approvalRoutes: RouteRecordRaw[] = [
  { path: '/approvals/:tab(history)?', name: 'approvals', component: withTexts(() => import('./ApprovalsPage.vue')), props: true, meta: { ability: 'tools.approve' } },
];
export const toolsPage = withTexts(() => import('./ToolsPage.vue'));
