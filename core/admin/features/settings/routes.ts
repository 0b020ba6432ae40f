import type { RouteRecordRaw } from 'vue-router';
import { peopleRoutes } from '../people/routes.ts';
import { toolsPage } from '../tools/routes.ts';

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: '/settings',
    component: () => import('./SettingsLayout.vue'),
    meta: { titleKey: 'settings:settings.title' },
    children: [
      { path: '', name: 'settings', component: () => import('./SettingsIndex.vue') },
      { path: 'profile', component: () => import('./ProfilePage.vue') },
      { path: 'notifications', component: () => import('../notifications/NotificationsPage.vue') },
      { path: 'security', component: () => import('./SecurityPage.vue') },
      { path: 'general', component: () => import('./GeneralPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'brands', component: () => import('./BrandsPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'channels', component: () => import('./ChannelsPage.vue'), meta: { ability: 'plugins.manage' } },
      { path: 'mail', component: () => import('./MailPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'email-templates', component: () => import('../email-templates/EmailTemplatesPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'email-templates/:id', component: () => import('../email-templates/EmailTemplatePage.vue'), props: true, meta: { ability: 'settings.manage' } },
      { path: 'tools', component: toolsPage, meta: { ability: 'assistants.manage' } },
      { path: 'mail-log', component: () => import('./MailLogPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'mail-log/:id', component: () => import('./MailPreviewPage.vue'), props: true, meta: { ability: 'settings.manage' } },
      { path: 'context-keys', component: () => import('./ContextKeysPage.vue'), meta: { ability: 'settings.manage' } },
      { path: 'tokens', component: () => import('./TokensPage.vue'), meta: { ability: 'tokens.manage' } },
      { path: 'audit', component: () => import('./AuditPage.vue'), meta: { ability: 'audit.view' } },
      ...peopleRoutes,
    ],
  },
];
