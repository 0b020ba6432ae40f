import type { EmailTemplate, PluginContext } from '@plugboard/sdk';
import { createActionContext } from '../../action-context.ts';
import { notFound } from '../../errors.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import type { ContextParts } from './create-context.ts';
import { actorOf } from './desk-api.ts';

type Text = (key: string, values?: Record<string, string | number>, locale?: string) => string;

/** Mails of one plugin: a template is text of its locales, `{{name}}` stands for a value. */
export function createEmailsApi(instance: PluginInstance, parts: ContextParts, text: Text): PluginContext['emails'] {
  const { kernel } = parts.deps;
  const templates = new Map<string, EmailTemplate>();
  return {
    async template(template) {
      instance.live();
      templates.set(template.id, template);
      instance.onIntakeStop(parts.providers.add('email-template', instance.id, template.id, template));
      instance.added.providers.push(`email-template ${template.id}`);
    },
    async send({ template: id, to, values: given, locale, brandId, idempotencyKey }) {
      instance.need('email:send');
      const template = templates.get(id);
      if (!template) throw notFound('template');
      const values = await kernel.hooks.filter('placeholders.values', given, { conversationId: null }, { type: 'plugin', id: instance.id });
      const ctx = createActionContext(kernel, actorOf(instance), locale ? { locale } : {});
      await kernel.mail.send(ctx, {
        to: { address: to },
        subject: fill(text(template.subject, values, locale), values).replace(/[\r\n]+/g, ' '),
        text: fill(text(template.text, values, locale), values),
        idempotencyKey: `plugin:${instance.id}:${idempotencyKey}`,
        brandId: brandId === undefined ? null : await parts.brandRowId(brandId),
      });
    },
  };
}

const fill = (text: string, values: Record<string, string>): string => text.replace(/\{\{\s*(\w+)\s*\}\}/g, (all, name: string) => values[name] ?? all);
