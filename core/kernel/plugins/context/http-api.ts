import type { HttpApi } from '@plugboard/sdk';
import type { Outbound } from '../../http/outbound.ts';
import { OutboundRefused } from '../../http/outbound.ts';

const usualPorts = new Set([80, 443]);

/** Does a permission `http:<host>[:<port>]` cover this host? `*.example.com` covers what is below it, `*` every host. */
export function coversHost(permission: string, host: string, port: number): boolean {
  const match = /^http:(.+?)(?::(\d+))?$/.exec(permission);
  if (!match) return false;
  const [, name = '', wantedPort] = match;
  if (wantedPort ? Number(wantedPort) !== port : !usualPorts.has(port)) return false;
  if (name === '*') return true;
  const wanted = name.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

/**
 * Requests of a plugin: to the hosts its manifest names, and to those of `ALLOW_PRIVATE_NETWORK` when it may speak to
 * every host.
 */
export function createHttpApi(permissions: Iterable<string>, outbound: Outbound, allowedInside: readonly string[], check: () => void, signal?: AbortSignal): HttpApi {
  const granted = [...permissions].filter((permission) => permission.startsWith('http:'));
  const allows = (host: string, port: number): boolean => granted.some((permission) => coversHost(permission, host, port)
    || (permission === 'http:*' && allowedInside.some((entry) => entry.toLowerCase() === host || entry.toLowerCase() === `${host}:${port}`)));
  const may = (): void => {
    check();
    if (granted.length === 0) throw new OutboundRefused('the manifest names no http:<host>');
  };
  return {
    async stream(url, init = {}) {
      may();
      const ends = [init.signal, signal].filter((one) => one !== undefined);
      const { status, headers, body } = await outbound.stream(url, { ...init, allows, ...(ends.length > 0 ? { signal: AbortSignal.any(ends) } : {}) });
      return { status, headers, body };
    },
    async fetch(url, init = {}) {
      may();
      const { status, headers, body } = await outbound.fetch(url, { ...init, allows, ...(signal ? { signal } : {}) });
      const text = (): string => new TextDecoder().decode(body);
      return { status, headers, body, text, json: () => JSON.parse(text()) as unknown };
    },
  };
}
