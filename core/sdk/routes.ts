import type { z } from 'zod';
import type { CallActor } from './hooks.ts';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Who may call a route: an operator with an ability of this plugin, a contact by session, a page or server of the customer
 * by an SDK key (`server` names the scope that a server key needs), or openly everybody.
 */
export type RouteAccess = { ability: string } | 'contact' | { sdk: ServerScope } | 'public';

export const serverScopes = ['identify', 'context', 'chat', 'tickets'] as const;
/** What a server key (`pb_server_…`) may be given. */
export type ServerScope = (typeof serverScopes)[number];

/**
 * Who calls `/api/sdk`. `publishable`: a page, which may act only as an unverified visitor or beside a valid user token;
 * `key` is what the tokens are checked against. `server`: the customer's server, which may act for any contact of its brand
 * (`null`: of any brand, and the body or `tenant` names one where it matters; else the oldest).
 */
export type SdkCaller = { kind: 'publishable'; key: string; brandId: string } | { kind: 'server'; brandId: string | null };

/** What the host read of a multipart upload: already on disk, measured, its type found from the content. */
export interface RouteUpload { id: string; name: string; type: string; size: number }

/** A request as the host gives it: validated, and nothing but data. */
export interface PluginRequest<P = unknown, Q = unknown, B = unknown> {
  method: HttpMethod;
  path: string;
  params: P;
  query: Q;
  body: B;
  headers: Record<string, string>;
  ip: string;
  /** Best locale of the request among those the desk has. */
  locale: string;
  actor: CallActor;
  /** The contact behind the session, for `contact` routes. */
  contactId: string | null;
  /** The customer's page or server, for `sdk` routes. */
  sdk: SdkCaller | null;
  upload: RouteUpload | null;
}

/** JSON, a page of our own, text as it is made (`stream`), a stored file or a redirect. The host sets every security header. */
export type PluginResponse =
  | { status?: number; body?: unknown; headers?: Record<string, string> }
  | { status?: number; html: string; frameAncestors?: string[]; headers?: Record<string, string> }
  | { status?: number; script: string; headers?: Record<string, string> }
  | { status?: number; stream: AsyncIterable<string>; headers?: Record<string, string> }
  | { file: string; contactId: string }
  | { redirect: string };

export interface PluginRoute<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  method: HttpMethod;
  /** Below `/api/plugins/<id>`, or below `claim` where one is named. `''` is the address itself. */
  path: string;
  /** A claim of the manifest below which this route lives. */
  claim?: string;
  summary: string;
  access: RouteAccess;
  params?: P;
  query?: Q;
  body?: B;
  response?: z.ZodType;
  /** Takes one file in the multipart field `file`; it belongs to the calling contact or operator until a message uses it. */
  upload?: boolean;
  /** Calls a minute and address; 120 unless told. */
  perMinute?: number;
  /** May be called from a page of another origin (CORS, no credentials). */
  cors?: boolean;
  /** The answer shows a secret once: it is never kept for a repeat with the same Idempotency-Key. */
  answersSecret?: boolean;
  handle(request: PluginRequest<z.output<P>, z.output<Q>, z.output<B>>, call: { signal: AbortSignal }): Promise<PluginResponse> | PluginResponse;
}

export interface RoutesApi {
  add<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(route: PluginRoute<P, Q, B>): Promise<void>;
}
