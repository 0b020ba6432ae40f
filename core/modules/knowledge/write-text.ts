import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { ArticleStatus } from '../../shared/knowledge.ts';
import { ArticleRevision, ArticleText, type Article } from './article.model.ts';
import { excerptOf } from './render/plain-text.ts';
import { freeSlug, isMadeFrom } from './slug.ts';

export interface TextInput {
  title?: string | undefined;
  body?: string | undefined;
  summary?: string | undefined;
  slug?: string | undefined;
  status?: ArticleStatus | undefined;
  publishAt?: string | null | undefined;
}
type State = Pick<ArticleText, 'status' | 'publish_at' | 'published_at'>;

/** Adds a text in a language that the article is not there in yet. */
export async function addText(tx: ActionContext, article: Article, locale: string, input: TextInput): Promise<ArticleText> {
  const { title, body = '', summary = '' } = input;
  if (title === undefined) throw invalid('title', 'required');
  const place = { article_id: article.id, brand_id: article.brand_id, locale };
  const slug = input.slug ?? await chooseSlug(tx, place, title);
  await giveUpOldSlug(tx, place, slug);
  const text = await refuseTaken('slug', () => ArticleText.query(tx.db).insertAndFetch({
    ...place, title, body, summary, slug, excerpt: excerptOf(body), ...stateOf(tx.now, input), version: 0, created_at: tx.now, updated_at: tx.now,
  }));
  await keepRevision(tx, text);
  return text;
}

/** Changes what is given. Answers the text as it is now, or null when nothing is different. */
export async function changeText(tx: ActionContext, text: ArticleText, input: TextInput): Promise<ArticleText | null> {
  const title = input.title ?? text.title;
  const words = { title, body: input.body ?? text.body, summary: input.summary ?? text.summary };
  // An address that readers do not know yet follows the title that it was made from.
  const follows = input.slug === undefined && title !== text.title && text.published_at === null && isMadeFrom(text.slug, text.title);
  const slug = input.slug ?? (follows ? await chooseSlug(tx, text, title) : text.slug);
  const state = input.status === undefined && input.publishAt === undefined ? stateIn(text) : stateOf(tx.now, input, text);
  const hasNewWords = words.title !== text.title || words.body !== text.body || words.summary !== text.summary;
  const isSame = !hasNewWords && slug === text.slug && state.status === text.status && state.publish_at === text.publish_at;
  if (isSame) return null;
  if (slug !== text.slug) await moveSlug(tx, text, slug);
  const change = { ...words, slug, ...state, excerpt: excerptOf(words.body), version: text.version + 1, updated_at: tx.now };
  await refuseTaken('slug', () => ArticleText.query(tx.db).findById(text.id).patch(change));
  const changed = Object.assign(new ArticleText(), text, change);
  if (hasNewWords) await keepRevision(tx, changed);
  return changed;
}

const stateIn = ({ status, publish_at, published_at }: State): State => ({ status, publish_at: publish_at === null ? null : Number(publish_at), published_at });

/** A time in the past publishes at once; only what is scheduled has one. */
function stateOf(now: number, input: TextInput, present?: ArticleText): State {
  const status = input.status ?? present?.status ?? 'draft';
  const published_at = present?.published_at ?? null;
  if (status === 'draft') return { status, publish_at: null, published_at };
  if (status === 'published') return { status, publish_at: null, published_at: published_at ?? now };
  const time = input.publishAt === undefined ? present?.publish_at ?? null : input.publishAt === null ? null : Date.parse(input.publishAt);
  if (time === null) throw invalid('publishAt', 'required');
  if (Number(time) <= now) return { status: 'published', publish_at: null, published_at: published_at ?? now };
  return { status, publish_at: Number(time), published_at };
}

interface Place { article_id: number; brand_id: number; locale: string }
const sameAddress = ({ brand_id, locale }: Place, slug: string) => ({ brand_id, locale, slug });

function chooseSlug(tx: ActionContext, place: Place, title: string): Promise<string> {
  return freeSlug({
    title, fallback: 'article',
    isTaken: async (slug) => await ArticleText.query(tx.db).where(sameAddress(place, slug)).whereNot({ article_id: place.article_id }).select('id').first() !== undefined
      || await tx.db('article_slugs').where(sameAddress(place, slug)).whereNot({ article_id: place.article_id }).first('article_id') !== undefined,
  });
}

/** The address that a text leaves leads to it from now on, if anybody may have seen it. */
async function moveSlug(tx: ActionContext, text: ArticleText, slug: string): Promise<void> {
  await giveUpOldSlug(tx, text, slug);
  if (text.published_at === null) return;
  await tx.db('article_slugs').insert({ ...sameAddress(text, text.slug), article_id: text.article_id }).onConflict(['brand_id', 'slug', 'locale']).merge();
}

const giveUpOldSlug = async (tx: ActionContext, place: Place, slug: string): Promise<void> => {
  await tx.db('article_slugs').where(sameAddress(place, slug)).delete();
};

async function keepRevision(tx: ActionContext, { article_id, locale, title, summary, body }: ArticleText): Promise<void> {
  await ArticleRevision.query(tx.db).insert({ uid: newId(), article_id, locale, title, summary, body, author_id: authorOf(tx), created_at: tx.now });
}

/** Row id of the person who writes; nobody for a plugin or the desk itself. */
export const authorOf = ({ actor }: ActionContext): number | null => (isStaff(actor) ? actor.rowId : null);
