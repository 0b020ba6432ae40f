import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import httpEce from 'http_ece';

interface Received { endpoint: string; message: unknown; ttl: number; urgency: string; subject: string }

/** A push service with browsers that subscribe at it: it checks who sends (RFC 8292) and opens messages as a browser would (RFC 8291). */
export interface PushService {
  readonly origin: string;
  /** `host:port`, for ALLOW_PRIVATE_NETWORK. */
  readonly host: string;
  readonly received: Received[];
  /** What a page gets from `pushManager.subscribe`. */
  subscribe(applicationServerKey: string): { endpoint: string; keys: { p256dh: string; auth: string } };
  /** Status that the service answers for an endpoint from now on. */
  answer(endpoint: string, status: number): void;
  close(): Promise<void>;
}

const fromBase64Url = (text: string): Buffer => Buffer.from(text, 'base64url');

function isSigned(header: string, audience: string, key: string): { subject: string } | null {
  const [, token = '', given = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = fromBase64Url(given);
  if (given !== key || point.length !== 65) return null;
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, fromBase64Url(signature))) return null;
  const claims = JSON.parse(fromBase64Url(body).toString()) as { aud: string; exp: number; sub: string };
  return claims.aud === audience && claims.exp * 1000 > Date.now() ? { subject: claims.sub } : null;
}

export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer; serverKey: string }>();
  const statuses = new Map<string, number>();
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const endpoint = `${origin}${request.url ?? ''}`;
    const browser = browsers.get(endpoint);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sender = browser && isSigned(request.headers.authorization ?? '', origin, browser.serverKey);
      const status = !browser ? 404 : !sender ? 403 : statuses.get(endpoint) ?? 201;
      if (browser && sender && status === 201) {
        const text = httpEce.decrypt(Buffer.concat(chunks), { version: 'aes128gcm', privateKey: browser.ecdh, authSecret: browser.auth }).toString();
        received.push({ endpoint, message: JSON.parse(text), ttl: Number(request.headers.ttl), urgency: String(request.headers.urgency), subject: sender.subject });
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  return {
    origin, host, received,
    subscribe(applicationServerKey) {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const endpoint = `${origin}/${randomBytes(12).toString('hex')}`;
      browsers.set(endpoint, { ecdh, auth, serverKey: applicationServerKey });
      return { endpoint, keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') } };
    },
    answer: (endpoint, status) => void statuses.set(endpoint, status),
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
