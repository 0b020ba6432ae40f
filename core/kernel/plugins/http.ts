import type { Context, Middleware } from 'koa';
import { unavailable } from '../errors.ts';
import { sendStatic } from '../http/static.ts';
import type { HttpState } from '../http/state.ts';
import { answerPreflight, answerRoute } from './http-route.ts';
import { answerWhileOff } from './http-off.ts';
import { isBelow } from './read-manifest.ts';
import type { PluginHost } from './plugin-host.ts';
import type { PluginInstance } from './plugin-instance.ts';
import { surfaceDir } from './surfaces.ts';

type PluginHttpContext = Context & { state: HttpState };

const pluginPrefix = '/api/plugins/';
const hookPattern = /^\/hooks\/([a-z][a-z0-9-]{1,39})\/([a-z][a-z0-9-]{0,59})\/([0-9a-f]{64})$/;

/**
 * Every address of every plugin, in one middleware. It looks the plugin up at each request, so a switch takes effect with
 * the next one, and what is under way finishes on the code it began with.
 */
export function pluginHttp(host: PluginHost): Middleware {
  return async (koa, next) => {
    const ctx = koa as unknown as PluginHttpContext;
    if (ctx.path.startsWith('/hooks/')) return await receiveWebhook(host, ctx) ? undefined : next();
    if (ctx.path.startsWith(pluginPrefix)) {
      const id = ctx.path.slice(pluginPrefix.length).split('/', 1)[0] ?? '';
      if (!host.isKnown(id)) return next();
      const instance = host.active(id);
      if (!instance?.isOpen) throw unavailable('plugin_inactive');
      return await answer(host, instance, ctx) ? undefined : next();
    }
    const owner = host.claimOf(ctx.path);
    if (!owner) return next();
    const instance = host.active(owner.pluginId);
    if (!instance?.isOpen) return answerWhileOff(host, owner, ctx);
    return await answer(host, instance, ctx) ? undefined : next();
  };
}

/** False when the plugin has nothing at this address. */
async function answer(host: PluginHost, instance: PluginInstance, ctx: PluginHttpContext): Promise<boolean> {
  if ((ctx.method === 'GET' || ctx.method === 'HEAD') && await sendOwnFile(instance, ctx)) return true;
  if (ctx.method === 'OPTIONS' && answerPreflight(instance, ctx)) return true;
  const match = instance.routes.match(ctx.method, ctx.path);
  if (!match) return false;
  await answerRoute(host, instance, match, ctx);
  return true;
}

/** Built files: the surfaces of the manifest, and the admin module below `/api/plugins/<id>/admin/<version>/`. */
async function sendOwnFile(instance: PluginInstance, ctx: PluginHttpContext): Promise<boolean> {
  const admin = adminAddress(instance);
  const served = [
    ...instance.manifest.surfaces.map((surface) => ({ path: surface.path, dir: surfaceDir(instance.found, surface.dir) })),
    ...(admin ? [admin] : []),
  ];
  for (const { path, dir } of served) {
    if (!dir || ctx.path === path || !isBelow(ctx.path, path)) continue;
    ctx.state.route = `${path}/*`;
    if (await sendStatic(ctx, dir, ctx.path.slice(path.length + 1))) return true;
  }
  return false;
}

/** Where the admin module of an active plugin is served from, if it has one. */
export function adminAddress(instance: PluginInstance): { path: string; dir: string; entry: string } | null {
  const { admin } = instance.manifest.entry;
  if (!admin) return null;
  const file = admin.replace(/^\.\//, '');
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const dir = surfaceDir(instance.found, folder);
  return dir === null ? null : { path: `${pluginPrefix}${instance.id}/admin/${instance.version}`, dir, entry: file.slice(folder.length).replace(/^\//, '') };
}

async function receiveWebhook(host: PluginHost, ctx: PluginHttpContext): Promise<boolean> {
  const [, id = '', receiver = '', token = ''] = hookPattern.exec(ctx.path) ?? [];
  if (ctx.method !== 'POST' || !id || !host.webhooks.isAddress(id, receiver, token)) return false;
  ctx.state.route = '/hooks/:plugin/:name/:token';
  const instance = host.active(id);
  if (!instance?.isOpen) throw unavailable('plugin_inactive', 60);
  await host.webhooks.receive(instance, receiver, ctx);
  return true;
}
