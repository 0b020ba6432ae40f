import type { ShallowRef } from 'vue';
import type { ArticleDto } from '../../../../shared/knowledge.ts';
import { commonOf, copy, mergedOver, textOf, type Draft } from './article-draft.ts';

interface Parts {
  form: { submit(): Promise<boolean> };
  values: Draft;
  articles: Map<string, ArticleDto>;
  stored: ShallowRef<Draft>;
  newer: ShallowRef<ArticleDto | null>;
  countAsSaved(next: Draft): void;
  take(article: ArticleDto, sent: Draft): void;
  /** A change of state that was asked for with the save that failed. */
  forget(): void;
}

/** Somebody else was faster: three ways on. */
export function conflictWays({ form, values, articles, stored, newer, countAsSaved, take, forget }: Parts) {
  return {
    putOff(): void {
      forget();
      newer.value = null;
    },
    /** Shows what they saved and forgets what was typed in this language. */
    takeNewer(): void {
      const theirs = newer.value;
      if (!theirs) return;
      forget();
      newer.value = null;
      take(theirs, copy(values));
    },
    /** Keeps what was changed here, takes the rest of theirs, and saves. */
    async keepMine(): Promise<boolean> {
      const theirs = newer.value;
      if (!theirs) return false;
      const at = theirs.locale;
      values.texts[at] = mergedOver(textOf(theirs), values.texts[at] ?? textOf(theirs), stored.value.texts[at]);
      values.common = mergedOver(commonOf(theirs), values.common, stored.value.common);
      articles.set(at, theirs);
      countAsSaved({ common: commonOf(theirs), texts: { ...stored.value.texts, [at]: textOf(theirs) } });
      newer.value = null;
      const isSaved = await form.submit();
      if (!newer.value) forget();
      return isSaved;
    },
  };
}
