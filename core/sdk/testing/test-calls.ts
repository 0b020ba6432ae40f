import type { PluginRequest, PluginResponse, PluginRoute } from '../index.ts';
import type { RouteCall } from './create-test-host.ts';
import { testCall, type Registry } from './registry.ts';

/** Calls a route as the host does: what is sent is checked with the route's schemas first. */
export async function callRoute(registry: Registry, call: RouteCall): Promise<PluginResponse> {
  for (const route of registry.routes) {
    const params = route.method === call.method && route.claim === call.claim ? matched(route, call.path) : null;
    if (!params) continue;
    const request: PluginRequest = {
      method: call.method, path: call.path, ip: '203.0.113.1', locale: 'en', headers: call.headers ?? {}, upload: null,
      params: route.params ? route.params.parse(params) : params,
      query: route.query ? route.query.parse(call.query ?? {}) : call.query ?? {},
      body: route.body ? route.body.parse(call.body ?? {}) : undefined,
      actor: call.actor ?? (call.contactId ? { type: 'contact', id: call.contactId } : { type: 'nobody', id: null }),
      contactId: call.contactId ?? null,
      sdk: call.sdk ?? null,
    };
    return route.handle(request, testCall());
  }
  throw new Error(`no route ${call.method.toUpperCase()} ${call.claim ?? ''}${call.path}`);
}

function matched(route: PluginRoute, path: string): Record<string, string> | null {
  const own = route.path.split('/');
  const given = path.split('/');
  if (own.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of own.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given[index] ?? '');
    else if (part !== given[index]) return null;
  }
  return params;
}

/** Verify, take once by event id, handle. */
export async function postWebhook(registry: Registry, seen: Set<string>, id: string, given: { headers?: Record<string, string>; body: string | Uint8Array }): Promise<{ status: 202 | 401; isRepeated: boolean }> {
  const receiver = registry.webhooks.get(id);
  if (!receiver) throw new Error(`no webhook ${id}`);
  const request = { headers: given.headers ?? {}, rawBody: typeof given.body === 'string' ? new TextEncoder().encode(given.body) : given.body };
  const call = { ...testCall(), locale: 'en' };
  if (!(await receiver.verify(request, call))) return { status: 401, isRepeated: false };
  const eventId = await receiver.eventId(request);
  const isRepeated = seen.has(`${id} ${eventId}`);
  seen.add(`${id} ${eventId}`);
  if (!isRepeated) await receiver.handle({ id: eventId, ...request }, call);
  return { status: 202, isRepeated };
}
