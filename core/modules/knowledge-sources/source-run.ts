import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { indexDocument, removeDocument } from '../retrieval/index.ts';
import { selectBrands } from '../brands/index.ts';
import { documentKindOf, SourceDocument } from './source-document.model.ts';
import { KnowledgeSource, type SourceErrorKey } from './source.model.ts';
import { lockSource } from './source.queries.ts';
import { tellSource } from './tell-source.ts';

/** The source was stopped, switched off, removed, or is read by somebody else by now. */
export class RunEnded extends Error {}

/** Why a whole source could not be read. What is passing is tried again by itself. */
export class SourceProblem extends Error {
  readonly key: SourceErrorKey;
  readonly values: Record<string, string | number>;
  readonly isPassing: boolean;
  constructor(key: SourceErrorKey, values: Record<string, string | number> = {}, isPassing = false) {
    super(key);
    this.key = key;
    this.values = values;
    this.isPassing = isPassing;
  }
}

export interface Progress { done: number; total: number | null; failed: number }
export type StoredDocument = Pick<SourceDocument, 'id' | 'uid' | 'title' | 'url' | 'locale' | 'brand_id' | 'is_indexed' | 'passage_count'> & { markdown: string };

const tellEveryMs = 1_000;

/**
 * One reading of a source. Everything is written through `write`: it holds the source's row and looks whether this reading is still the
 * wanted one, so that one that was ended writes nothing afterwards, however late it notices.
 */
export class SourceRun {
  readonly kernel: Kernel;
  readonly id: number;
  readonly run: number;
  readonly fence: number;
  readonly signal: AbortSignal;
  #toldAt = 0;
  #locale: string | undefined;

  constructor(kernel: Kernel, of: { id: number; run: number; fence: number; signal: AbortSignal }) {
    this.kernel = kernel;
    this.id = of.id;
    this.run = of.run;
    this.fence = of.fence;
    this.signal = of.signal;
  }

  get context(): ActionContext { return createActionContext(this.kernel, system); }

  async write<T>(work: (tx: ActionContext, source: KnowledgeSource) => Promise<T>, progress?: Progress): Promise<T> {
    return this.context.transaction(async (tx) => {
      const source = await lockSource(tx.db, this.id);
      if (!source || source.run !== this.run || source.fence !== this.fence || source.is_enabled !== 1) throw new RunEnded();
      const result = await work(tx, source);
      if (progress) await KnowledgeSource.query(tx.db).findById(this.id).patch({ ...progress, tries: 0 });
      if (Date.now() - this.#toldAt >= tellEveryMs) {
        this.#toldAt = Date.now();
        await tellSource(tx, source);
      }
      return result;
    });
  }

  /** Makes passages of a text for the readers that the source has at this moment. `before`: the language in which it is there. */
  async index(tx: ActionContext, source: KnowledgeSource, document: StoredDocument, before: string | null = document.locale): Promise<void> {
    if (source.kind === 'guidance') return;
    const kind = documentKindOf[source.kind];
    if (document.is_indexed === 1 && before !== document.locale) await removeDocument(tx, { kind, id: document.uid });
    const { passages } = await indexDocument(tx, {
      kind, id: document.uid, sourceId: source.uid, brandId: source.kind === 'conversations' ? document.brand_id : source.brand_id,
      audience: source.audience, locale: document.locale ?? await this.#deskLocale(tx, source.brand_id), title: document.title, url: document.url, markdown: document.markdown,
    });
    await SourceDocument.query(tx.db).findById(document.id).patch({ is_indexed: 1, passage_count: passages, state: 'ready', error: null, updated_at: tx.now });
    await this.#count(tx, 1 - document.is_indexed, passages - document.passage_count);
  }

  /** Takes a document out of what answers find. */
  async unindex(tx: ActionContext, source: KnowledgeSource, document: Pick<SourceDocument, 'uid' | 'is_indexed' | 'passage_count'>): Promise<void> {
    if (source.kind === 'guidance' || document.is_indexed !== 1) return;
    await removeDocument(tx, { kind: documentKindOf[source.kind], id: document.uid });
    await this.#count(tx, -1, -document.passage_count);
  }

  async #count(tx: ActionContext, documents: number, passages: number): Promise<void> {
    if (documents === 0 && passages === 0) return;
    await KnowledgeSource.query(tx.db).findById(this.id).increment('document_count', documents);
    await KnowledgeSource.query(tx.db).findById(this.id).increment('passage_count', passages);
  }

  /** The language of the brand, for texts that say nothing of theirs. */
  async #deskLocale(tx: ActionContext, brandId: number | null): Promise<string> {
    if (this.#locale === undefined) {
      const brands = await selectBrands(tx.db);
      this.#locale = (brands.find(({ id }) => id === brandId) ?? brands[0])?.locale ?? 'en';
    }
    return this.#locale;
  }
}
