import type { ContactDto, PluginContext, VerifiedIdentity, z } from '@plugboard/sdk';
import { identityInvalid } from './identity.ts';
import { isSamePerson, presentVisitor } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { bySlug, claim, unkept } from './visitor.routes.ts';
import type { VisitorAt, VisitorPlace } from './visitor.routes.ts';
import { profileAnswer, profileBody } from './visitor.schema.ts';

type ProfileBody = z.output<typeof profileBody>;

const webPage = /^https?:\/\//i;

/** What the page says about its user. Beside a valid token it is to be trusted; else it is a claim about the session's own contact. */
export async function addProfileRoutes(ctx: PluginContext, place: VisitorPlace, sessions: Sessions): Promise<void> {
  /** A token that names somebody else has signed nobody in here: that is what a session is asked for. */
  const proofOf = async ({ widget, contact }: VisitorAt, userToken: string | undefined, userId: string | undefined): Promise<VerifiedIdentity | null> => {
    if (userToken === undefined) return null;
    const identity = await sessions.identity(widget, userToken, { userId });
    if (!isSamePerson(contact, identity)) throw identityInvalid('claims');
    return identity;
  };

  /** Beside a token the page tells facts. Who somebody is the token alone says: another id or address of the page's is a claim. */
  async function tell(contact: ContactDto, proof: VerifiedIdentity | null, { userId: externalId, traits }: ProfileBody): Promise<ContactDto> {
    const contactId = contact.id;
    const claimed = { ...(externalId === undefined ? {} : { externalId }), ...(traits ? { traits } : {}) };
    if (proof === null) return ctx.contacts.identify({ contactId, isTrusted: false, ...claimed });
    const { email, ...facts } = traits ?? {};
    const told = await ctx.contacts.identify({ contactId, isTrusted: true, traits: facts });
    if (email === undefined || email === proof.email) return told;
    return ctx.contacts.identify({ contactId, isTrusted: false, traits: { email } });
  }

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/profile', summary: 'Keep what a page tells about its user', access: 'contact', perMinute: 120,
    params: bySlug, body: profileBody, response: profileAnswer,
    async handle(asked) {
      const at = await place.visitor(asked);
      const { userId, userToken, traits, context, company, event, page } = asked.body;
      const proof = await proofOf(at, userToken, userId);
      const isTrusted = proof !== null;
      const contactId = at.contact.id;
      let { contact } = at;
      if (userId !== undefined || traits !== undefined) {
        contact = await tell(contact, proof, asked.body);
      }
      // What a company's users share is changed by those alone whose token names the company.
      if (company) await ctx.contacts.identifyCompany({ contactId, isTrusted: proof?.traits?.company_id === company.id, externalId: company.id, ...(company.traits ? { traits: company.traits } : {}) });
      if (context !== undefined) await ctx.contacts.setContext({ contactId, isTrusted, entries: context });
      if (event) await ctx.contacts.track({ contactId, kind: 'event', name: event.name, ...(event.meta ? { meta: event.meta } : {}) });
      if (page && webPage.test(page.url)) await ctx.contacts.track({ contactId, kind: 'page', name: page.url, ...(page.title ? { meta: { title: page.title } } : {}) });
      return { body: { contact: presentVisitor(contact), isTrusted }, headers: unkept };
    },
  });
}
