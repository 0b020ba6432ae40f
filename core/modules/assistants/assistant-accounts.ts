import type { AssistantAccount, AssistantProvider } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import type { Provided, Providers } from '../../kernel/plugins/providers.ts';
import { findBrandById } from '../brands/index.ts';
import { ensureAccount, type AccountRow } from './ensure-account.ts';

/** An assistant that is there now, with its operator account. */
export interface KnownAssistant { pluginId: string; provider: AssistantProvider; account: AssistantAccount; operator: AccountRow }

/** Does it speak in this brand? Nobody's word makes an assistant answer where its admin did not let it. */
export const serves = ({ account }: KnownAssistant, brandUid: string): boolean => account.brandIds === 'all' || account.brandIds.includes(brandUid);

/** How long a change of an assistant's settings may go unseen here. */
const lifeMs = 2_000;
const askMs = 5_000;

/** The assistants of the plugins that are active in this process. */
export class Assistants {
  readonly #kernel: Kernel;
  readonly #providers: () => Providers;
  #kept: { until: number; known: Promise<KnownAssistant[]> } | null = null;

  constructor(kernel: Kernel, providers: () => Providers) {
    this.#kernel = kernel;
    this.#providers = providers;
  }

  list(): Promise<KnownAssistant[]> {
    const kept = this.#kept;
    if (kept && kept.until > performance.now()) return kept.known;
    const entry = { until: performance.now() + lifeMs, known: this.#load() };
    this.#kept = entry;
    entry.known.catch(() => { this.#kept = null; });
    return entry.known;
  }

  /** Reads anew at the next question: a plugin came or went. */
  forget(): void { this.#kept = null; }

  async byOperator(rowId: number | null): Promise<KnownAssistant | null> {
    return rowId === null ? null : (await this.list()).find(({ operator }) => operator.id === rowId) ?? null;
  }

  /** Who looks after a new conversation of the brand: the one that was named, or the default one. `off` looks after none. */
  async forBrand(brandUid: string, wanted: boolean | string): Promise<KnownAssistant | null> {
    const there = (await this.list()).filter((known) => known.account.mode !== 'off' && serves(known, brandUid));
    if (typeof wanted === 'string') {
      const named = there.find(({ account, operator }) => operator.uid === wanted || account.id === wanted);
      if (named) return named;
    }
    return wanted === false ? null : there.find(({ account }) => account.isDefault) ?? there[0] ?? null;
  }

  async forBrandRow(brandId: number): Promise<KnownAssistant | null> {
    const brand = await findBrandById(this.#kernel.db.knex, brandId);
    return brand ? this.forBrand(brand.uid, true) : null;
  }

  async #load(): Promise<KnownAssistant[]> {
    const found = await Promise.all(this.#providers().list('assistant').map((provided) => this.#ofProvider(provided)));
    return found.flat();
  }

  async #ofProvider({ pluginId, provider }: Provided<'assistant'>): Promise<KnownAssistant[]> {
    try {
      const accounts = provider.accounts
        ? await provider.accounts({ signal: AbortSignal.timeout(askMs), actor: { type: 'system', id: null }, locale: 'en' })
        : [{ id: provider.id, name: this.#kernel.i18n.t(`plugin.${pluginId}:${provider.label}`, 'en'), brandIds: 'all', mode: 'answer', isDefault: true } satisfies AssistantAccount];
      return await Promise.all(accounts.map(async (account) => ({
        pluginId, provider, account, operator: await ensureAccount(this.#kernel, { key: `${pluginId}:${provider.id}:${account.id}`, name: account.name }),
      })));
    } catch (error) {
      // One plugin that fails takes no other's assistants away; its own conversations go to people.
      this.#kernel.log.warn({ err: error, plugin: pluginId }, 'the assistants of a plugin are not known');
      return [];
    }
  }
}
