import { computed, reactive, ref, shallowRef } from 'vue';
import { useQueryClient } from '@tanstack/vue-query';
import type { ArticleDto, ArticlePatch } from '../../../../shared/knowledge.ts';
import { ApiError } from '../../../sdk/api.ts';
import { useForm } from '../../../ui/form/use-form.ts';
import { knowledgeApi, refresh } from '../knowledge-api.ts';
import { changedLocales, commonOf, copy, draftSchema, emptyText, isSame, patchOf, textOf, type Draft } from './article-draft.ts';
import { conflictWays } from './conflict-ways.ts';

export type StatusChange = Pick<ArticlePatch, 'status' | 'publishAt'>;

/** One form over all languages of an article: what was read, what was typed, saving, and what happens when somebody else was faster. */
export function useArticleForm(first: ArticleDto, locale: () => string) {
  const queryClient = useQueryClient();
  /** As the desk has it, by language. */
  const articles = reactive(new Map<string, ArticleDto>([[first.locale, first]]));
  const latest = shallowRef(first);
  const stored = shallowRef<Draft>({ common: commonOf(first), texts: { [first.locale]: textOf(first) } });
  const newer = shallowRef<ArticleDto | null>(null);
  const failure = shallowRef<unknown>(null);
  let asked: StatusChange = {};

  const form = useForm({ schema: draftSchema, initial: copy(stored.value), submit: save });
  const values = form.values as Draft;
  /** Nothing of what is typed changes by this; only what counts as saved. */
  const countAsSaved = (next: Draft) => { stored.value = next; form.rebase(copy(next), {} as Draft); };

  /** Takes what the desk answered; what was typed since `sent` stays. */
  function take(article: ArticleDto, sent: Draft): void {
    articles.set(article.locale, article);
    latest.value = article;
    const next: Draft = { common: commonOf(article), texts: { ...stored.value.texts, [article.locale]: textOf(article) } };
    if (isSame(values.texts[article.locale], sent.texts[article.locale])) values.texts[article.locale] = textOf(article);
    if (isSame(values.common, sent.common)) values.common = commonOf(article);
    countAsSaved(next);
  }

  async function load(wanted: string): Promise<void> {
    if (articles.has(wanted) || values.texts[wanted]) return;
    failure.value = null;
    try {
      const article = await knowledgeApi.article(first.id, wanted);
      if (article.locale !== wanted) return add(wanted);
      articles.set(wanted, article);
      values.texts[wanted] ??= textOf(article);
      countAsSaved({ ...stored.value, texts: { ...stored.value.texts, [wanted]: textOf(article) } });
    } catch (error) {
      failure.value = error;
    }
  }
  const add = (wanted: string) => { values.texts[wanted] ??= emptyText(); };

  /** Sends a change. Where the desk's version went up and nothing that is edited here is different, nobody was faster: it is sent again. */
  async function send(one: string, patch: Omit<ArticlePatch, 'version'>): Promise<ArticleDto> {
    const known = articles.get(one);
    try {
      return await knowledgeApi.change(first.id, { ...patch, ...(known ? { version: known.version } : {}) });
    } catch (error) {
      if (!known || !(error instanceof ApiError) || error.problem.code !== 'stale') throw error;
      const now = await knowledgeApi.article(first.id, one);
      const isOurs = isSame(textOf(now), stored.value.texts[one]) && isSame(commonOf(now), stored.value.common) && now.status === known.status;
      if (!isOurs) { newer.value = now; throw error; }
      return knowledgeApi.change(first.id, { ...patch, version: now.version });
    }
  }

  async function save(): Promise<void> {
    const [current, change, sent] = [locale(), asked, copy(values)];
    const hasCommon = !isSame(sent.common, stored.value.common);
    const changed = changedLocales(sent, stored.value, current);
    const needsCurrent = hasCommon || Object.keys(change).length > 0;
    const wanted = needsCurrent && !changed.includes(current) ? [current, ...changed] : changed;
    for (const [index, one] of wanted.entries()) {
      try {
        take(await send(one, { ...patchOf(sent, stored.value, one, index === 0), ...(one === current ? change : {}) }), sent);
      } catch (error) {
        throw atFields(error, one);
      }
    }
    asked = {};
    await refresh(queryClient, 'articles', 'categories');
  }

  /** A language goes, with all that was typed in it. */
  function drop(gone: string): void {
    delete values.texts[gone];
    articles.delete(gone);
    const { [gone]: _gone, ...texts } = stored.value.texts;
    countAsSaved({ ...stored.value, texts });
  }

  /** Saves what is typed and puts the text on screen into another state, both or neither. */
  const isChanging = ref(false);
  async function changeStatus(change: StatusChange): Promise<boolean> {
    asked = change;
    isChanging.value = true;
    const isSaved = await form.submit();
    isChanging.value = false;
    if (!newer.value) asked = {};
    return isSaved;
  }

  return {
    form, values, articles, latest, stored, newer, failure, load, add, changeStatus, isChanging,
    article: computed(() => articles.get(locale())),
    changed: computed(() => changedLocales(values, stored.value, locale())),
    drop,
    take: (article: ArticleDto) => take(article, copy(values)),
    ...conflictWays({ form, values, articles, stored, newer, countAsSaved, take, forget: () => { asked = {}; } }),
  };
}
export type ArticleForm = ReturnType<typeof useArticleForm>;

/** The desk names fields of one language; here each language has its own. */
function atFields(error: unknown, locale: string): unknown {
  if (!(error instanceof ApiError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map((entry) => {
    const path = entry.path.replace(/^body\.(?=.)/, '');
    return { ...entry, path: `${/^(title|summary|slug|body)\b/.test(path) ? `texts.${locale}` : 'common'}.${path}` };
  });
  return new ApiError({ ...error.problem, errors });
}
