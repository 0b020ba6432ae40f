import { unauthenticated } from '../../kernel/errors.ts';
import { defineRoute, type Route, type RouteRequest } from '../../kernel/http/route.ts';
import { isStaff, type OperatorActor } from '../../kernel/policy/actor.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { passwordBody, preferencesPatch, signInBody } from '../../shared/people.ts';
import { idParams } from '../../shared/primitives.ts';
import { changePassword } from './change-password.ts';
import { changePreferences } from './change-preferences.ts';
import { listDevices } from './list-devices.ts';
import { revokeDevice } from './revoke-device.ts';
import { cookieEnd } from './session.model.ts';
import { presentSession } from './session.presenter.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const tag = 'session';
const path = '/api/v1/session';

function self({ actor }: ActionContext): OperatorActor {
  if (!isStaff(actor)) throw unauthenticated();
  return actor;
}

/** Where a request comes from, as a session remembers it. */
export const originOf = ({ ip, headers }: Pick<RouteRequest<unknown, unknown, unknown>, 'ip' | 'headers'>) => ({ ip, userAgent: String(headers['user-agent'] ?? '') });

export const sessionRoutes = (limits: SignInLimits): Route[] => [
  defineRoute({
    method: 'post', path, summary: 'Sign in', tag,
    access: { public: 'nobody is known before they sign in' },
    body: signInBody,
    async handle(request) {
      const { ctx, body } = request;
      const { operator, token } = await signIn(ctx, limits, { email: body.email, password: body.password, origin: originOf(request), replaces: request.sessionToken });
      return { body: { operator }, session: { set: token, expiresAt: cookieEnd(ctx.now) } };
    },
  }),
  defineRoute({
    method: 'get', path, summary: 'Who is signed in, and what they may do', tag,
    access: { policy: 'session.view' },
    handle: async ({ ctx }) => ({ body: await presentSession(ctx, self(ctx)) }),
  }),
  defineRoute({
    method: 'delete', path, summary: 'Sign out', tag,
    access: { public: 'signing out twice is no mistake' },
    async handle({ ctx, sessionToken, ip }) {
      await signOut(ctx, sessionToken, ip);
      return { status: 204, session: 'clear' };
    },
  }),
  defineRoute({
    method: 'patch', path: `${path}/preferences`, summary: 'Change how the screens look and sound', tag,
    access: { policy: 'session.change' },
    body: preferencesPatch,
    handle: async ({ ctx, body }) => ({ body: await changePreferences(ctx, self(ctx), body) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/password`, summary: 'Change one\'s password', tag,
    access: { policy: 'session.change' },
    body: passwordBody,
    async handle({ ctx, body, ip }) {
      await changePassword(ctx, limits, self(ctx), { ...body, ip });
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'get', path: `${path}/devices`, summary: 'Where one is signed in', tag,
    access: { policy: 'session.change' },
    handle: async ({ ctx }) => ({ body: { data: await listDevices(ctx, self(ctx)), nextCursor: null } }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/devices/:id`, summary: 'Sign a device out', tag,
    access: { policy: 'session.change' },
    params: idParams,
    async handle({ ctx, params, ip }) {
      await revokeDevice(ctx, self(ctx), { ...params, ip });
      return { status: 204 };
    },
  }),
];
