import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { inboxRoutes } from '../features/inbox/routes.ts';
import { knowledgeRoutes } from '../features/knowledge/routes.ts';
import { pluginRoutes } from '../features/plugins/routes.ts';
import { settingsRoutes } from '../features/settings/routes.ts';
import { setupRoutes } from '../features/setup/routes.ts';
import { approvalRoutes } from '../features/tools/routes.ts';
import { pluginHostRoutes } from '../plugin-host/routes.ts';
import { useSession } from '../session/session.store.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Reachable without being signed in. */
    isPublic?: boolean;
    /** Text key with its namespace, for the window's title. */
    titleKey?: string;
    /** Permission without which the screen is not shown. */
    ability?: string | undefined;
    pluginId?: string;
  }
}

/** The route whose outlet holds every screen of the desk. */
export const deskRoute = 'desk';

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('../features/sign-in/SignInPage.vue'), meta: { isPublic: true } },
  ...setupRoutes,
  {
    path: '/', name: deskRoute, component: () => import('../shell/Shell.vue'),
    children: [
      ...inboxRoutes,
      ...approvalRoutes,
      ...knowledgeRoutes,
      ...pluginRoutes,
      ...settingsRoutes,
      ...pluginHostRoutes,
      { path: '/:rest(.*)*', name: 'not-found', component: () => import('../shell/NotFoundPage.vue') },
    ],
  },
];

export const router = createRouter({ history: createWebHistory('/admin/'), routes });

router.beforeEach(async (to) => {
  const session = useSession();
  if (to.meta.isPublic) return true;
  if (!session.isKnown) await session.begin();
  if (!session.operator) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  return to.meta.ability && !session.can(to.meta.ability) ? { path: '/' } : true;
});
