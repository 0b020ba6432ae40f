import type { Card, CardBlock } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { callActor } from '../../kernel/hooks/event-origin.ts';
import { PluginTimeout } from '../../kernel/plugins/plugin-calls.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { pluginText, type PluginTexts } from '../../kernel/plugins/plugin-texts.ts';
import type { Provided } from '../../kernel/plugins/providers.ts';
import { holds } from '../../kernel/policy/actor.ts';
import type { PanelDto } from '../../shared/plugins.ts';
import { readContact } from '../contacts/index.ts';
import { readConversation } from '../conversations/index.ts';

export interface PanelPlace { contactId?: string | undefined; conversationId?: string | null | undefined }
interface Subject { contactId: string; conversationId: string | null }

/** Whom the panels are about, if the caller may see that. A foreign one answers 404. */
async function subjectOf(ctx: ActionContext, { contactId, conversationId }: PanelPlace): Promise<Subject> {
  ctx.authorize('panel.view');
  if (conversationId) {
    const conversation = await readConversation(ctx, conversationId);
    return { contactId: conversation.contact_uid, conversationId: conversation.uid };
  }
  const contact = await readContact(ctx.db, contactId ?? '');
  if (!ctx.can('contact.view', contact)) throw notFound('contact');
  return { contactId: contact.uid, conversationId: null };
}

const call = (ctx: ActionContext) => ({ signal: AbortSignal.timeout(30_000), actor: callActor(ctx.actor), locale: ctx.locale });

/** Cards of every active plugin beside a conversation or a contact. One that fails does not take the others with it. */
export async function loadPanels(ctx: ActionContext, host: PluginHost, place: PanelPlace): Promise<PanelDto[]> {
  const subject = await subjectOf(ctx, place);
  const panels = host.providers.list('panel').filter(({ provider }) => provider.place === 'contact' || subject.conversationId !== null);
  return Promise.all(panels.map((panel) => loadPanel(ctx, host, panel, subject)));
}

async function loadPanel(ctx: ActionContext, host: PluginHost, { pluginId, provider }: Provided<'panel'>, subject: Subject): Promise<PanelDto> {
  const texts = textsOf(host, pluginId);
  const panel = { plugin: pluginId, panel: provider.id, title: pluginText(texts, provider.title, ctx.locale) };
  try {
    return { ...panel, cards: presentCards(await provider.load(subject, call(ctx)), texts, ctx.locale), error: null };
  } catch (error) {
    return { ...panel, cards: [], error: error instanceof PluginTimeout ? 'timeout' : 'failed' };
  }
}

export interface PanelAction extends PanelPlace { plugin: string; panel: string; action: string; values: unknown }

/** A button or form of a card. Answers the panel's new cards, or nothing when it is to be loaded again. */
export async function runPanelAction(ctx: ActionContext, host: PluginHost, input: PanelAction): Promise<{ cards?: Card[] }> {
  const subject = await subjectOf(ctx, input);
  const { provider } = host.providers.get('panel', `${input.plugin}.${input.panel}`) ?? {};
  const action = provider?.actions && Object.hasOwn(provider.actions, input.action) ? provider.actions[input.action] : undefined;
  if (!action) throw notFound('panel');
  if (action.ability && !holds(ctx.actor, `${input.plugin}.${action.ability}`)) throw forbidden(`${input.plugin}.${action.ability}`);
  const cards = await action.run({ ...subject, values: input.values }, call(ctx));
  return cards ? { cards: presentCards(cards, textsOf(host, input.plugin), ctx.locale) } : {};
}

const textsOf = (host: PluginHost, id: string): PluginTexts => host.active(id)?.found.texts ?? {};

/** Text keys become texts; what is no key stays as it is. */
export function presentCards(cards: readonly Card[], texts: PluginTexts, locale: string): Card[] {
  const text = (key: string): string => pluginText(texts, key, locale);
  const block = (entry: CardBlock): CardBlock => {
    switch (entry.type) {
      case 'text': case 'badge': case 'empty': return { ...entry, text: text(entry.text) };
      case 'link': return { ...entry, text: text(entry.text), url: safeUrl(entry.url) };
      case 'image': return { ...entry, alt: text(entry.alt), url: safeUrl(entry.url) };
      case 'button': return { ...entry, text: text(entry.text), ...(entry.confirm ? { confirm: text(entry.confirm) } : {}) };
      case 'fields': return { ...entry, fields: entry.fields.map((field) => ({ ...field, label: text(field.label) })) };
      case 'table': return { ...entry, columns: entry.columns.map(text) };
      case 'progress': return { ...entry, label: text(entry.label) };
      case 'form': return { ...entry, submit: text(entry.submit), fields: entry.fields.map((field) => ({ ...field, label: text(field.label) })) };
      default: return entry;
    }
  };
  return cards.map((card) => ({ title: text(card.title), blocks: card.blocks.map(block) }));
}

/** Only what a browser may open from a card. */
const safeUrl = (url: string): string => (/^(https?:\/\/|\/(?!\/)|mailto:)/.test(url) ? url : '#');
