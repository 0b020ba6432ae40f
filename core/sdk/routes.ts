import type { z } from 'zod';
import type { CallActor } from './hooks.ts';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who may call a route: an operator with an ability of this plugin, a contact by session, or openly everybody. */
export type RouteAccess = { ability: string } | 'contact' | 'public';

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
  /** An abuse counter's key: the address prefix of the caller. */
  upload: RouteUpload | null;
}

/** JSON, a page of our own, a stored file or a redirect. The host sets every security header. */
export type PluginResponse =
  | { status?: number; body?: unknown; headers?: Record<string, string> }
  | { status?: number; html: string; frameAncestors?: string[]; headers?: Record<string, string> }
  | { status?: number; script: string; headers?: Record<string, string> }
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
  handle(request: PluginRequest<z.output<P>, z.output<Q>, z.output<B>>, call: { signal: AbortSignal }): Promise<PluginResponse> | PluginResponse;
}

export interface RoutesApi {
  add<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(route: PluginRoute<P, Q, B>): Promise<void>;
}
