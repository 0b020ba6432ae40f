import type { IncomingHttpHeaders } from 'node:http';

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * May a request that is known by its cookie write? Only when a browser says that it comes from a page of the desk:
 * `Origin` equal to PUBLIC_URL or to the address that was called, else `Sec-Fetch-Site: same-origin`.
 */
export function isOwnOrigin(method: string, headers: IncomingHttpHeaders, publicUrl: string): boolean {
  if (readOnly.has(method)) return true;
  const { origin } = headers;
  if (origin !== undefined) {
    if (origin === new URL(publicUrl).origin) return true;
    try {
      return new URL(origin).host === headers.host;
    } catch {
      return false;
    }
  }
  return headers['sec-fetch-site'] === 'same-origin';
}
