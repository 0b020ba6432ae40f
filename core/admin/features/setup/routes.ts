import type { RouteRecordRaw } from 'vue-router';

export const setupRoutes: RouteRecordRaw[] = [
  { path: '/setup', name: 'setup', component: () => import('./SetupPage.vue'), props: (route) => ({ token: String(route.query.token ?? '') }), meta: { isPublic: true, titleKey: 'settings:setup.title' } },
];
