import { z } from 'zod';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { activationBody, settingsBody } from '../../shared/plugins.ts';
import { releaseQuarantine, removePlugin, setActivation } from './change-plugin.ts';
import { listAdminModules, listHooks } from './host-views.ts';
import { checkPluginSettings, readPluginSettings, writePluginSettings } from './plugin-settings.ts';
import { listPlugins, readHealth, readPlugin } from './plugin-views.ts';
import type { HostOf } from './index.ts';

const tag = 'plugins';
const params = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/) });
const brandQuery = z.strictObject({ brandId: z.string().max(40).optional() });
const removeBody = z.strictObject({ deleteData: z.boolean().default(false) });
const manage = { policy: 'plugin.manage' };

/** List, switch, settings, health. */
export const pluginRoutes = (host: HostOf): Route[] => [
  defineRoute({
    method: 'get', path: '/api/v1/plugins', summary: 'Plugins, with what each process sees of them', tag, access: manage,
    handle: async ({ ctx }) => ({ body: { data: await listPlugins(host(), ctx.locale), nextCursor: null } }),
  }),
  defineRoute({
    method: 'get', path: '/api/v1/plugins/hooks', summary: 'Hooks that plugins can listen to, and who does', tag, access: manage,
    handle: () => ({ body: { data: listHooks(host()), nextCursor: null } }),
  }),
  defineRoute({
    method: 'get', path: '/api/v1/plugins/admin-modules', summary: 'Browser modules of active plugins', tag, access: { policy: 'plugin.use-admin' },
    handle: () => ({ body: { data: listAdminModules(host()) } }),
  }),
  defineRoute({
    method: 'get', path: '/api/v1/plugins/:id', summary: 'One plugin', tag, access: manage, params,
    handle: async ({ ctx, params: { id } }) => ({ body: await readPlugin(host(), id, ctx.locale) }),
  }),
  defineRoute({
    method: 'put', path: '/api/v1/plugins/:id/activation', summary: 'Switch a plugin on or off; answers after it took effect', tag, access: manage,
    params, body: activationBody, perMinute: 60,
    async handle({ ctx, params: { id }, body }) {
      await setActivation(ctx, host(), { id, active: body.active, consent: body.consent ?? [] });
      return { body: await readPlugin(host(), id, ctx.locale) };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/plugins/:id/settings', summary: 'Settings form of a plugin and its values', tag, access: manage, params, query: brandQuery,
    handle: async ({ ctx, params: { id }, query }) => ({ body: await readPluginSettings(ctx, host(), { id, ...query }) }),
  }),
  defineRoute({
    method: 'put', path: '/api/v1/plugins/:id/settings', summary: 'Change settings of a plugin', tag, access: manage, params, body: settingsBody,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await writePluginSettings(ctx, host(), { id, ...body }) }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/plugins/:id/settings/check', summary: 'Test connection, on values that are not saved', tag, access: manage,
    params, body: settingsBody, perMinute: 30,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await checkPluginSettings(ctx, host(), { id, ...body }) }),
  }),
  defineRoute({
    method: 'get', path: '/api/v1/plugins/:id/health', summary: 'Health of a plugin', tag, access: manage, params,
    handle: async ({ params: { id } }) => ({ body: await readHealth(host(), id) }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/plugins/:id/quarantine/release', summary: 'Let a plugin start again after its process died', tag, access: manage, params,
    async handle({ ctx, params: { id } }) {
      await releaseQuarantine(ctx, host(), { id });
      return { body: await readPlugin(host(), id, ctx.locale) };
    },
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/plugins/:id', summary: 'Uninstall a plugin that is off; its data stays unless told', tag, access: manage, params, body: removeBody,
    async handle({ ctx, params: { id }, body }) {
      await removePlugin(ctx, host(), { id, ...body });
      return { status: 204 };
    },
  }),
];
