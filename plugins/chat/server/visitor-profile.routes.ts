import type { PluginContext } from '@plugboard/sdk';
import { identityInvalid } from './identity.ts';
import { isSamePerson, presentVisitor } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { bySlug, claim, unkept } from './visitor.routes.ts';
import type { VisitorAt, VisitorPlace } from './visitor.routes.ts';
import { profileAnswer, profileBody } from './visitor.schema.ts';

const webPage = /^https?:\/\//i;

/** What the page says about its user. Beside a valid token it is to be trusted; else it is a claim about the session's own contact. */
export async function addProfileRoutes(ctx: PluginContext, place: VisitorPlace, sessions: Sessions): Promise<void> {
  /** A token that names somebody else has signed nobody in here: that is what a session is asked for. */
  const trusts = async ({ widget, contact }: VisitorAt, userToken: string | undefined, userId: string | undefined): Promise<boolean> => {
    if (userToken === undefined) return false;
    const identity = await sessions.identity(widget, userToken, { userId });
    if (!isSamePerson(contact, identity)) throw identityInvalid('claims');
    return true;
  };

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/profile', summary: 'Keep what a page tells about its user', access: 'contact', perMinute: 120,
    params: bySlug, body: profileBody, response: profileAnswer,
    async handle(asked) {
      const at = await place.visitor(asked);
      const { userId, userToken, traits, context, company, event, page } = asked.body;
      const isTrusted = await trusts(at, userToken, userId);
      const contactId = at.contact.id;
      let { contact } = at;
      if (userId !== undefined || traits !== undefined) {
        contact = await ctx.contacts.identify({ contactId, isTrusted, ...(userId === undefined ? {} : { externalId: userId }), ...(traits ? { traits } : {}) });
      }
      if (company) await ctx.contacts.identifyCompany({ contactId, isTrusted, externalId: company.id, ...(company.traits ? { traits: company.traits } : {}) });
      if (context !== undefined) await ctx.contacts.setContext({ contactId, isTrusted, entries: context });
      if (event) await ctx.contacts.track({ contactId, kind: 'event', name: event.name, ...(event.meta ? { meta: event.meta } : {}) });
      if (page && webPage.test(page.url)) await ctx.contacts.track({ contactId, kind: 'page', name: page.title || page.url, meta: { url: page.url } });
      return { body: { contact: presentVisitor(contact), isTrusted }, headers: unkept };
    },
  });
}
