import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError, tooLarge } from '../errors.ts';
import { isPublicAddress } from './address-check.ts';
import { decoded, pieces } from './outbound-body.ts';

export interface OutboundRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For the whole exchange with its redirects; 30 000 unless told. */
  timeoutMs?: number;
  /** Of the answer, unpacked; 5 MB unless told. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** Asked for the first address and for each redirect. All hosts, on the usual ports, unless told. */
  allows?(host: string, port: number): boolean;
}
export interface OutboundResponse { status: number; headers: Record<string, string>; body: Uint8Array; url: string }
/** An answer whose body is read as it comes. */
export interface OutboundStream { status: number; headers: Record<string, string>; body: AsyncIterable<Uint8Array>; url: string }
export interface Outbound {
  fetch(url: string, init?: OutboundRequest): Promise<OutboundResponse>;
  /** `idleMs`: the longest pause within the body; `timeoutMs` bounds the whole. Leaving the loop closes the connection. */
  stream(url: string, init?: OutboundRequest & { idleMs?: number }): Promise<OutboundStream>;
}

const maxRedirects = 5;
const maxTimeoutMs = 120_000;
const maxStreamMs = 5 * 60_000;
const maxBytesEver = 50 * 1024 * 1024;
const usualPorts = new Set([80, 443]);
const credentials = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'api-key'];

/** A request that was not made. `reason` is for logs and plugin authors. */
export class OutboundRefused extends AppError {
  constructor(reason: string) {
    super(502, 'outbound_refused', { reason });
    this.message = `request refused: ${reason}`;
  }
}

/**
 * The one client for every request to an address that somebody else chose. It resolves the name, checks each address
 * that came back, connects to a checked one, and does the same for every redirect.
 */
export function createOutbound(deps: { allowPrivateNetwork: readonly string[]; resolve?: typeof dnsLookup }): Outbound {
  const isAllowedInside = (host: string, port: number): boolean =>
    deps.allowPrivateNetwork.some((entry) => entry.toLowerCase() === host || entry.toLowerCase() === `${host}:${port}`);

  const lookup = (host: string, port: number): LookupFunction => (name, options, callback) => {
    (deps.resolve ?? dnsLookup)(name, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const addresses = found as LookupAddress[];
      const bad = isAllowedInside(host, port) ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      const first = addresses[0];
      if (bad || !first) return callback(new OutboundRefused(`${host} is not on the public internet`), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

  const target = (address: string, base: string | undefined, init: OutboundRequest): URL => {
    if (!URL.canParse(address, base)) throw new OutboundRefused('not an address');
    const url = new URL(address, base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new OutboundRefused(`scheme ${url.protocol}`);
    if (url.username || url.password) throw new OutboundRefused('a name or password in the address');
    const host = hostOf(url);
    const port = portOf(url);
    const isAllowed = init.allows ? init.allows(host, port) : usualPorts.has(port) || isAllowedInside(host, port);
    if (!isAllowed) throw new OutboundRefused(`${host}:${port} is not an allowed host`);
    if (isIP(host) && !isPublicAddress(host) && !isAllowedInside(host, port)) throw new OutboundRefused(`${host} is not on the public internet`);
    return url;
  };

  /** Follows redirects to the answer itself; each step is checked like the first. */
  const open: Open = async (address, init, signal) => {
    let url = target(address, undefined, init);
    let step: OutboundRequest = init;
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const response = await send(url, step, lookup(hostOf(url), portOf(url)), signal);
      const location = response.headers.location;
      if (!isRedirect(response.statusCode) || location === undefined) return { response, url: url.href };
      response.destroy();
      const next = target(location, url.href, init);
      step = redirected(step, response.statusCode ?? 302, next.host !== url.host || next.protocol !== url.protocol);
      url = next;
    }
    throw new OutboundRefused('too many redirects');
  };

  return clientOf(open);
}

type Open = (address: string, init: OutboundRequest, signal: AbortSignal) => Promise<{ response: IncomingMessage; url: string }>;

function clientOf(open: Open): Outbound {
  return {
    async fetch(address, init = {}) {
      const signal = bounded(Math.min(init.timeoutMs ?? 30_000, maxTimeoutMs), init.signal);
      const maxBytes = Math.min(init.maxBytes ?? 5 * 1024 * 1024, maxBytesEver);
      const { response, url } = await open(address, init, signal);
      const body = await decoded(response, maxBytes, signal, () => tooLarge('response', maxBytes))
        .catch((error: unknown) => { throw signal.aborted ? timedOut(signal) : error as Error; });
      return { status: response.statusCode ?? 0, headers: plain(response), body, url };
    },
    async stream(address, init = {}) {
      const signal = bounded(Math.min(init.timeoutMs ?? maxStreamMs, maxStreamMs), init.signal);
      const maxBytes = Math.min(init.maxBytes ?? 5 * 1024 * 1024, maxBytesEver);
      const idleMs = init.idleMs ?? 30_000;
      const { response, url } = await openedWithin(idleMs, signal, (soon) => open(address, init, soon));
      const body = pieces(response, { maxBytes, idleMs, signal, tooLarge: () => tooLarge('response', maxBytes), timedOut: () => timedOut(signal) });
      return { status: response.statusCode ?? 0, headers: plain(response), body, url };
    },
  };
}

const bounded = (timeoutMs: number, given: AbortSignal | undefined): AbortSignal => AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(given ? [given] : [])]);

/** The head of an answer has to come as soon as each of its pieces; from then on only the whole is bounded by `signal`. */
async function openedWithin<T>(idleMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('no answer came', 'TimeoutError')), idleMs).unref();
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Host without the brackets of an IPv6 address. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));
const isRedirect = (status: number | undefined): boolean => status !== undefined && [301, 302, 303, 307, 308].includes(status);

/** What is sent on: no credentials to another host, no body after a 303. */
function redirected(init: OutboundRequest, status: number, isElsewhere: boolean): OutboundRequest {
  const headers = Object.fromEntries(Object.entries(init.headers ?? {}).filter(([name]) => !isElsewhere || !credentials.includes(name.toLowerCase())));
  const isGetNow = status === 303 || ((status === 301 || status === 302) && (init.method ?? 'GET').toUpperCase() === 'POST');
  return isGetNow ? { ...init, headers, method: 'GET', body: undefined } : { ...init, headers };
}

function send(url: URL, init: OutboundRequest, lookup: LookupFunction, signal: AbortSignal): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: (init.method ?? 'GET').toUpperCase(), lookup, signal, agent: false,
    headers: { 'User-Agent': 'Plugboard', 'Accept-Encoding': 'gzip, br', ...init.headers },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    request.on('error', (error) => reject(signal.aborted ? timedOut(signal) : error));
    request.end(init.body);
  });
}

/** What an abort means to the caller: its own reason, or that it took too long. */
const timedOut = (signal: AbortSignal): Error => {
  const reason = signal.reason as Error;
  return reason?.name === 'TimeoutError' ? new AppError(504, 'timeout') : reason;
};

function plain(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && name !== 'content-encoding' && name !== 'content-length') headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
