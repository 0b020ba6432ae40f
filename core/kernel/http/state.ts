import type { ParameterizedContext } from 'koa';
import type { Actor } from '../policy/actor.ts';

/** What the core keeps on `ctx.state`: typed once, nothing else is put there. */
export interface HttpState {
  requestId: string;
  locale: string;
  ip: string;
  /** Who calls; `via` tells how that is known, which decides whether the origin matters. */
  actor: Actor;
  via: 'cookie' | 'bearer' | 'none';
  sessionToken: string | null;
  /** Pattern of the route that answered, for metrics. */
  route?: string;
}
export type HttpContext = ParameterizedContext<HttpState>;
