import { PluginError } from '@plugboard/sdk';
import type { ContactDto, PluginContext } from '@plugboard/sdk';
import type { Codes } from './codes.ts';
import { presentVisitor } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { bySlug, claim, unkept } from './visitor.routes.ts';
import type { VisitorAt, VisitorPlace } from './visitor.routes.ts';
import { codeBody, codeSent, confirmBody, detailsAnswer, detailsBody, sessionAnswer } from './visitor.schema.ts';

/** An address that was proved is changed by signing in as somebody else, not here. */
function refuseExchange(contact: ContactDto, email: string): void {
  if (contact.kind === 'verified' && contact.email !== null && contact.email !== email) throw new PluginError('email_verified', 409);
}

/** Name and address that a visitor gives, and the code that proves the address. */
export async function addDetailsRoutes(ctx: PluginContext, place: VisitorPlace, sessions: Sessions, codes: Codes): Promise<void> {
  /** Asked for always, unless the admin wants it only where somebody known may be meant. */
  const needsCode = async ({ widget, brand, contact }: VisitorAt, email: string): Promise<boolean> => {
    if (contact.kind === 'verified' && contact.email === email) return false;
    if (widget.security.requireAuthentication || widget.security.codes === 'always' || contact.kind === 'verified') return true;
    return ctx.contacts.isKnownAddress({ brandId: brand.id, email });
  };
  const request = ({ brand, contact }: VisitorAt, email: string, { locale, ip }: { locale: string; ip: string }) =>
    ({ contactId: contact.id, brandId: brand.id, brandName: brand.name, email, locale: contact.locale ?? locale, ip });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/details', summary: 'Keep a visitor\'s name and address', access: 'contact', perMinute: 30,
    params: bySlug, body: detailsBody, response: detailsAnswer,
    async handle(asked) {
      const at = await place.visitor(asked);
      const { name, email } = asked.body;
      if (email !== undefined) refuseExchange(at.contact, email);
      const isCoded = email !== undefined && await needsCode(at, email);
      const kept = { ...(name ? { name } : {}), ...(email !== undefined && !isCoded && at.contact.email !== email ? { email } : {}) };
      const contact = Object.keys(kept).length === 0 ? at.contact : await ctx.contacts.update(at.contact.id, kept);
      const code = isCoded ? await codes.justSent(contact.id, email) ?? await codes.send(request(at, email, asked)) : null;
      return { body: { contact: presentVisitor(contact), code }, headers: unkept };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/codes', summary: 'Send a visitor another code', access: 'contact', perMinute: 30,
    params: bySlug, body: codeBody, response: codeSent,
    async handle(asked) {
      const at = await place.visitor(asked);
      refuseExchange(at.contact, asked.body.email);
      return { status: 202, body: await codes.send(request(at, asked.body.email, asked)), headers: unkept };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/codes/confirm', summary: 'Prove an address by its code', access: 'contact', perMinute: 60,
    params: bySlug, body: confirmBody, response: sessionAnswer,
    async handle(asked) {
      const { brand, contact, token } = await place.visitor(asked);
      const { email, code } = asked.body;
      await codes.confirm(contact.id, email, code);
      const current = await sessions.current(token, brand.id);
      return { body: await sessions.signIn(current, brand, { email }, contact.name ? { name: contact.name } : {}), headers: unkept };
    },
  });
}
