import type { ServerScope } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { addressPrefix, RateLimits } from '../../kernel/http/rate-limit.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import { system } from '../../kernel/policy/actor.ts';
import { contextBody, createTicketBody, identifyAnswer, identifyCompanyBody, identifyUserBody, ticketAnswer } from '../../shared/sdk-api.ts';
import { createTicket } from './create-ticket.ts';
import { identifyCompany } from './identify-company.ts';
import { identifyUser } from './identify-user.ts';
import { setContext } from './set-context.ts';
import { examples } from './examples.ts';

const tag = 'sdk';
/** Calls a minute and address that prove nothing: each of them may make a contact. */
const strangersPerMinute = 30;

interface Request { ctx: ActionContext; sdk: SdkCall | null; ip: string }

const callOf = ({ sdk }: Request): SdkCall => {
  if (!sdk) throw new Error('the route was reached without a key');
  return sdk;
};

/** What the key may do was asked at the door; the desk itself writes, for a server is none of its people. */
const deskOf = ({ ctx }: Request): ActionContext => ctx.as(system);

type HoldStrangers = (request: Request, body: { session_id?: string | undefined; user_token?: string | undefined }) => Promise<void>;

function strangerLimits(): HoldStrangers {
  const strangers = new RateLimits();
  return async (request, body) => {
    if (callOf(request).caller.kind === 'server' || body.session_id !== undefined || body.user_token !== undefined) return;
    await strangers.take('sdk.strangers', addressPrefix(request.ip), strangersPerMinute);
  };
}

const access = (sdk: ServerScope): { sdk: ServerScope } => ({ sdk });

export const sdkRoutes = (holdStrangers: HoldStrangers = strangerLimits()): Route[] => [
  defineRoute({
    method: 'post', path: '/api/sdk/users/identify', summary: 'Say who a user is', tag, access: access('identify'),
    description: 'Makes or changes a contact. A server key, or a publishable key beside a valid `user_token`, is believed: the contact is verified, and the visitor of `session_id` becomes that person. Anything else is a claim of an unverified visitor, and is answered with `verified: false` only. `email`, `name` (or `firstname` and `lastname`), `locale` and `signed_up_at` are understood among the traits, and `signed_up_at` is kept once it is known; fields that the desk keeps itself are refused by name.',
    body: identifyUserBody, example: examples.user, responses: { 200: identifyAnswer },
    async handle(request) {
      await holdStrangers(request, request.body);
      return { body: await identifyUser(deskOf(request), callOf(request), request.body) };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/sdk/companies/identify', summary: 'Say what is known of a company', tag, access: access('identify'),
    description: 'Makes or changes a company, and says who belongs to it when a user is named. What several users share is changed by a server key, or by a page whose `user_token` names the company (`traits.company_id`); else it is a claim of this one visitor.',
    body: identifyCompanyBody, example: examples.company, responses: { 200: identifyAnswer },
    async handle(request) {
      await holdStrangers(request, request.body);
      return { body: await identifyCompany(deskOf(request), callOf(request), request.body) };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/sdk/context', summary: 'Say what is happening for a user or a company', tag, access: access('context'),
    description: 'Sets and clears entries that people at the desk and the assistant see. A key that is set again is replaced; `null`, or its name in `clear`, takes it away; `"*"` clears all.',
    body: contextBody, example: examples.context, responses: { 200: identifyAnswer },
    async handle(request) {
      await holdStrangers(request, request.body);
      return { body: await setContext(deskOf(request), callOf(request), request.body) };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/sdk/tickets/create', summary: 'Open a ticket', tag, access: access('tickets'),
    description: 'The first message is written by the person the ticket is for. A server key opens tickets for everybody: an address that it names counts as proved. A page opens one for its own visitor; an address that nobody proved never leads to a contact who is known by it.',
    perMinute: 60,
    body: createTicketBody, example: examples.ticket, responses: { 201: ticketAnswer },
    async handle(request) {
      await holdStrangers(request, request.body);
      const key = request.headers['idempotency-key'];
      return { status: 201, body: await createTicket(deskOf(request), callOf(request), { body: request.body, ip: request.ip, idempotencyKey: Array.isArray(key) ? key[0] : key }) };
    },
  }),
];
