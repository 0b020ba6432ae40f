import { api } from '@plugboard/admin-sdk';
import type { Brand, Department, IconHit, Language, Widget } from './types.ts';

const all = async <T>(path: string): Promise<T[]> => (await api.get<{ data: T[] }>(path, { query: { limit: 100 } })).data;

export const readWidgets = (): Promise<Widget[]> => all<Widget>('/widgets');
export const readWidget = (id: string): Promise<Widget> => api.get<Widget>(`/widgets/${id}`);
export const readBrands = async (): Promise<Brand[]> => (await api.get<{ data: Brand[] }>('/brands')).data;
export const readDepartments = async (): Promise<Department[]> => (await api.get<{ data: Department[] }>('/departments')).data;
export const readLanguages = async (): Promise<Language[]> => (await api.get<{ data: Language[] }>('/locales')).data;

/** Whether an assistant plugin is on, so that "AI responses" has somebody to answer. False for who may not see plugins. */
export async function hasAssistant(): Promise<boolean> {
  const plugins = await api.get<{ data: { category: string; desired: string }[] }>('/plugins').catch(() => ({ data: [] }));
  return plugins.data.some((plugin) => plugin.category === 'assistant' && plugin.desired === 'active');
}

export type HelpKind = 'category' | 'article';
/** What a self-service link can lead to. */
export interface HelpEntry { kind: HelpKind; brandId: string; slug: string; title: string; isDraft: boolean; isLimited: boolean }
interface CategoryRow { brandId: string; slug: string; audience: string; texts: Record<string, { name: string }> }
interface ArticleRow { brandId: string; slug: string; title: string; status: string; effectiveAudience: string }

const articleEntry = ({ brandId, slug, title, status, effectiveAudience }: ArticleRow): HelpEntry => ({ kind: 'article', brandId, slug, title, isDraft: status !== 'published', isLimited: effectiveAudience !== 'public' });
async function readCategories(brandId: string): Promise<HelpEntry[]> {
  const { data } = await api.get<{ data: CategoryRow[] }>('/article-categories', { query: { brandId } });
  const spoken = document.documentElement.lang;
  return data.map(({ slug, audience, texts }) => ({ kind: 'category', brandId, slug, title: (texts[spoken] ?? Object.values(texts)[0])?.name ?? slug, isDraft: false, isLimited: audience !== 'public' }));
}

/** Categories or articles of a brand whose words fit; the newest for an empty term. */
export async function findHelp(kind: HelpKind, brandId: string, term: string): Promise<HelpEntry[]> {
  if (kind === 'article') return (await api.get<{ data: ArticleRow[] }>('/articles', { query: { brandId, q: term, limit: 20 } })).data.map(articleEntry);
  const wanted = term.toLowerCase();
  return (await readCategories(brandId)).filter(({ slug, title }) => `${title} ${slug}`.toLowerCase().includes(wanted));
}

/** What an address leads to, or null. */
export async function readHelp(kind: HelpKind, brandId: string, slug: string): Promise<HelpEntry | null> {
  if (kind === 'category') return (await readCategories(brandId)).find((entry) => entry.slug === slug) ?? null;
  const [found] = (await api.get<{ data: ArticleRow[] }>('/articles', { query: { brandId, slug, limit: 1 } })).data;
  // The address stays as it was typed, also where it is one of another language or an earlier one.
  return found ? { ...articleEntry(found), slug } : null;
}

const drawings = new Map<string, Promise<IconHit | undefined>>();

/** Icons whose name or meaning fits; the customary ones for an empty term. */
export const findIcons = async (term: string): Promise<IconHit[]> => (await api.get<{ data: IconHit[] }>('/widgets/icons', { query: { q: term } })).data;

/** The drawing of an icon by its name. Asked once per page. */
export function readIcon(name: string): Promise<IconHit | undefined> {
  const known = drawings.get(name);
  if (known) return known;
  const asked = findIcons(name).then((hits) => hits.find((hit) => hit.name === name)).catch(() => undefined);
  drawings.set(name, asked);
  return asked;
}
