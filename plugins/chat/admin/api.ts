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
