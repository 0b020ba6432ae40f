import type { RouteRecordRaw } from 'vue-router';

/** Below `/settings`. */
export const peopleRoutes: RouteRecordRaw[] = [
  { path: 'people', component: () => import('./PeoplePage.vue'), meta: { ability: 'people.manage' } },
  { path: 'departments', component: () => import('./DepartmentsPage.vue'), meta: { ability: 'people.manage' } },
  { path: 'roles', component: () => import('./RolesPage.vue'), meta: { ability: 'people.manage' } },
  { path: 'roles/:id', component: () => import('./RolePage.vue'), props: true, meta: { ability: 'people.manage' } },
];
