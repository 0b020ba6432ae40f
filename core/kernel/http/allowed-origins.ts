const pattern = /^(https?):\/\/(\*\.)?([^/:*]+|\[[^\]]+\])(?::(\d+))?$/;

const defaultPort = (protocol: string): string => (protocol === 'https' ? '443' : '80');

function covers(allowed: string, origin: URL): boolean {
  const [, protocol = '', wildcard, host = '', port] = pattern.exec(allowed.toLowerCase()) ?? [];
  if (!protocol || origin.protocol !== `${protocol}:`) return false;
  if ((origin.port || defaultPort(protocol)) !== (port ?? defaultPort(protocol))) return false;
  return wildcard ? origin.hostname.endsWith(`.${host}`) : origin.hostname === host;
}

/**
 * May a page of this origin call? An empty list allows every page. `https://*.example.com` covers what is below it, not
 * `https://example.com` itself; scheme and port have to be the same. `null` (a sandboxed frame, a file) is no origin.
 */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return allowed.some((entry) => covers(entry, url));
}
