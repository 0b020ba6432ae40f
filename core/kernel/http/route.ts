import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ServerScope } from '@plugboard/sdk';
import type { ActionContext } from '../context.ts';
import type { SdkCall } from './sdk-callers.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A file as the upload middleware stored it, before a message uses it. */
export interface Upload { path: string; name: string; size: number }

export interface RouteRequest<P, Q, B> {
  readonly ctx: ActionContext;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly upload: Upload | null;
  /** The customer's page or server, for `sdk` routes. */
  readonly sdk: SdkCall | null;
  /** Session cookie of the caller, if one came. */
  readonly sessionToken: string | null;
}

/** `body` becomes JSON; `stream` is sent as a file, always with the headers for untrusted content. */
export interface RouteResult {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  stream?: { content: Readable; type: string; size: number; name: string; isInline: boolean };
  /** Answered as `application/x-ndjson`, one value a line as it comes. What fails on the way ends it with a line `{ problem }`. */
  lines?: AsyncIterable<unknown>;
  /** `set` writes the operator's session cookie, `clear` removes it. */
  session?: { set: string; expiresAt: number } | 'clear';
}

/**
 * One REST route as data: limit → auth → validate → authorize → handler → present.
 * `policy` names the action that is asked for without an object before the handler runs (may this actor do it to
 * anything at all?); the handler asks again with the object. `public` says why nobody has to be known to the desk;
 * `session` whose token the handler asks for itself; `sdk` the scope that a server key needs where the customer's pages and servers call.
 */
export interface RouteDefinition<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined> {
  method: Method;
  /** Full path with `:params`. */
  path: string;
  summary: string;
  tag: string;
  access: { policy: string } | { public: string; session?: 'contact' } | { sdk: ServerScope };
  params?: P;
  query?: Q;
  body?: B;
  /** Success status → schema, for the OpenAPI document. */
  responses?: Record<number, z.ZodType | null>;
  /** Most bytes of the JSON body where it is not the usual limit. */
  bodyBytes?: number;
  /** One file in the multipart field `file`. */
  upload?: { maxBytes: number };
  /** A body as somebody would send it, for the description; made from the schema where there is none. */
  example?: unknown;
  /** More about it than the summary, for the description. */
  description?: string;
  /** The answer shows a secret once: it is never kept for a repeat with the same Idempotency-Key. */
  answersSecret?: boolean;
  /** Calls a minute and caller. */
  perMinute?: number;
  handle(request: RouteRequest<Out<P>, Out<Q>, Out<B>>): Promise<RouteResult> | RouteResult;
}

export type Route = RouteDefinition<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>;

export function defineRoute<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  definition: RouteDefinition<P, Q, B>,
): Route {
  return definition as unknown as Route;
}
