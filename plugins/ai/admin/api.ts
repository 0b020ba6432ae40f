import { api, createApi } from '@plugboard/admin-sdk';
import type { Assistant, Brand, Connection, Department, Language, Model, Settings } from './types.ts';

/** The plugin's own routes. */
export const base = '/api/plugins/ai';
export const ai = createApi(base);

interface List<T> { data: T[] }
export const readAssistants = async (): Promise<Assistant[]> => (await ai.get<List<Assistant>>('/assistants')).data;
export const readModels = async (): Promise<Model[]> => (await ai.get<List<Model>>('/models')).data;
export const readConnections = async (): Promise<Connection[]> => (await ai.get<List<Connection>>('/connections')).data;
export const readSettings = (): Promise<Settings> => ai.get<Settings>('/settings');
export const readBrands = async (): Promise<Brand[]> => (await api.get<List<Brand>>('/brands')).data;
export const readDepartments = async (): Promise<Department[]> => (await api.get<List<Department>>('/departments', { query: { limit: 100 } })).data;
export const readLanguages = async (): Promise<Language[]> => (await api.get<List<Language>>('/locales')).data;
