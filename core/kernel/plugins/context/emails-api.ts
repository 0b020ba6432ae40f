import { join } from 'node:path';
import type { PluginContext } from '@plugboard/sdk';
import { notFound } from '../../errors.ts';
import { checkTemplate } from '../../mail/template/check-template.ts';
import { sampleWith } from '../../mail/template/common-values.ts';
import { readShippedTexts } from '../../mail/template/shipped-texts.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import { runAsPlugin } from '../plugin-scope.ts';
import type { ProviderRegistry, RegisteredTemplate } from '../providers.ts';
import type { PluginServices } from '../services.ts';
import { actorOf } from './desk-api.ts';

const idPattern = /^[a-z][a-z0-9-]{0,59}$/;
const maxValueBytes = 4_000_000;
const maxKey = 500;

/** Mails of one plugin. A template's texts are files, read when it is registered; who gets a mail, and in which words, is for the desk to say. */
export function createEmailsApi(instance: PluginInstance, providers: ProviderRegistry, services: PluginServices): PluginContext['emails'] {
  const templates = new Map<string, RegisteredTemplate>();
  return {
    async template(template) {
      instance.live();
      const { id } = template;
      if (!idPattern.test(id)) throw new Error(`${id} is no id of a template: small letters, digits and hyphens`);
      const dir = join(instance.found.dir, 'emails', id);
      const texts = await readShippedTexts(dir);
      for (const [locale, text] of Object.entries(texts)) for (const problem of checkTemplate(text, sampleWith(template.sample))) throw new Error(`${join(dir, `${locale}.md`)}: ${problem.message}`);
      const registered = { ...template, kind: `${instance.id}.${id}`, pluginId: instance.id, pluginTexts: instance.found.texts, texts };
      instance.onIntakeStop(providers.add('email-template', instance.id, id, registered));
      instance.added.providers.push(`email-template ${id}`);
      templates.set(id, registered);
    },
    async send(mail) {
      instance.need('email:send');
      const template = templates.get(mail.template);
      if (!template) throw notFound('template');
      if (mail.idempotencyKey === '' || mail.idempotencyKey.length > maxKey) throw new Error('a mail needs an idempotencyKey of at most 500 characters');
      if (Buffer.byteLength(JSON.stringify(mail.values)) > maxValueBytes) throw new Error('the values of a mail have more than 4 MB');
      const actor = actorOf(instance);
      return runAsPlugin(instance.id, 'email:send', () => services(actor).sendMail(template, mail), actor.depth);
    },
  };
}
