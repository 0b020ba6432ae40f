import type { Knex } from 'knex';
import { notFound } from '../../kernel/errors.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { Providers, RegisteredTemplate } from '../../kernel/plugins/providers.ts';
import { OwnTemplate } from './own-template.model.ts';

/** A template as an admin sees it: a shipped one, or one that was made out of it. */
export interface KnownTemplate {
  /** The kind, or the uid of an own template; its texts are kept under it. */
  id: string;
  registered: RegisteredTemplate;
  own: OwnTemplate | null;
}

export const nameOf = ({ registered, own }: KnownTemplate, locale: string): string => own?.name ?? pluginText(registered.pluginTexts, registered.label, locale);
export const descriptionOf = ({ registered }: KnownTemplate, locale: string): string => (registered.description ? pluginText(registered.pluginTexts, registered.description, locale) : '');

/** Those of active plugins: each shipped one, followed by what was made out of it. */
export async function listTemplates(db: Knex, providers: Providers): Promise<KnownTemplate[]> {
  const made = await OwnTemplate.query(db).orderBy('id');
  return providers.list('email-template').flatMap(({ id, provider }): KnownTemplate[] => [
    { id, registered: provider, own: null },
    ...made.filter(({ kind }) => kind === id).map((own) => ({ id: own.uid, registered: provider, own })),
  ]);
}

/** One of them; 404 for one whose plugin is off. */
export async function readTemplate(db: Knex, providers: Providers, id: string): Promise<KnownTemplate> {
  const own = id.includes('.') ? null : await OwnTemplate.query(db).findOne({ uid: id }) ?? null;
  const registered = providers.get('email-template', own?.kind ?? id)?.provider;
  if (!registered || (!own && registered.kind !== id)) throw notFound('template');
  return { id, registered, own };
}
