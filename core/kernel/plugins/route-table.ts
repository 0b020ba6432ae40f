import type { HttpMethod, PluginRoute } from '@plugboard/sdk';

export type RouteMatch =
  | { route: PluginRoute; params: Record<string, string>; pattern: string }
  /** The address is there, but not for this method. */
  | { allowed: HttpMethod[] };

interface Entry { route: PluginRoute; pattern: string; parts: readonly string[] }

const split = (path: string): string[] => path.split('/').filter(Boolean);

/** Routes of one plugin by full address. `:name` takes one part of the address; a fixed part wins over it. */
export class RouteTable {
  readonly #entries: Entry[] = [];

  /** Answers the full pattern. Throws when the same method and pattern is there already. */
  add(base: string, route: PluginRoute): string {
    const pattern = `${base}${route.path && !route.path.startsWith('/') ? '/' : ''}${route.path}`.replace(/(.)\/+$/, '$1');
    const shape = pattern.replace(/:[^/]+/g, ':');
    if (this.#entries.some((entry) => entry.route.method === route.method && entry.pattern.replace(/:[^/]+/g, ':') === shape)) {
      throw new Error(`route ${route.method.toUpperCase()} ${pattern} is already there`);
    }
    this.#entries.push({ route, pattern, parts: split(pattern) });
    this.#entries.sort((a, b) => weight(b) - weight(a));
    return pattern;
  }

  match(method: string, path: string): RouteMatch | null {
    const parts = split(path);
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    const allowed = new Set<HttpMethod>();
    for (const { route, pattern, parts: own } of this.#entries) {
      const params = matchParts(own, parts);
      if (!params) continue;
      if (route.method === wanted) return { route, params, pattern };
      allowed.add(route.method);
    }
    return allowed.size > 0 ? { allowed: [...allowed] } : null;
  }

  /** The first route of this address for any method, for CORS. */
  list(): { route: PluginRoute; pattern: string }[] {
    return this.#entries.map(({ route, pattern }) => ({ route, pattern }));
  }
}

/** Fixed parts count more, the earlier the more. */
const weight = (entry: Entry): number => entry.parts.reduce((sum, part, index) => sum + (part.startsWith(':') ? 0 : 2 ** -index), 0);

function matchParts(own: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (own.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of own.entries()) {
    const given = parts[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== given) return null;
      continue;
    }
    try {
      params[part.slice(1)] = decodeURIComponent(given);
    } catch {
      return null;
    }
  }
  return params;
}
