import type { RouteRecordRaw } from 'vue-router';

/** Where a plugin's page will be once its module has loaded; and what is shown when there is none. */
export const pluginHostRoutes: RouteRecordRaw[] = [
  { path: '/p/:pluginId/:rest(.*)*', name: 'plugin-page', component: () => import('./PendingPage.vue'), props: (route) => ({ pluginId: String(route.params.pluginId) }) },
];
