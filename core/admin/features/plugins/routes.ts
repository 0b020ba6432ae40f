import type { RouteRecordRaw } from 'vue-router';

export const pluginRoutes: RouteRecordRaw[] = [
  { path: '/plugins', name: 'plugins', component: () => import('./PluginsPage.vue'), meta: { ability: 'plugins.manage' } },
  { path: '/plugins/:id/:tab(settings|may|adds|health)?', name: 'plugin', component: () => import('./PluginPage.vue'), props: true, meta: { ability: 'plugins.manage' } },
];
