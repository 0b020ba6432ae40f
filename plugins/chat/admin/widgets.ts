import { api } from '@plugboard/admin-sdk';

/** What these screens need of a widget. The API answers more and keeps what is not sent. */
export interface Widget {
  id: string; slug: string; key: string; name: string; brandId: string; botName: string; welcomeMessage: string; allowedOrigins: string[];
  appearance: { type: 'popup' | 'sidebar'; position: 'left' | 'right'; color: string; buttonText: string | null; mode: 'system' | 'light' | 'dark' };
}
export interface Brand { id: string; slug: string; name: string; color: string }

const all = async <T>(path: string): Promise<T[]> => (await api.get<{ data: T[] }>(path, { query: { limit: 100 } })).data;
export const readWidgets = (): Promise<Widget[]> => all<Widget>('/widgets');
export const readBrands = async (): Promise<Brand[]> => (await api.get<{ data: Brand[] }>('/brands')).data;

/** The script tag for the customer's own pages. */
export const snippetOf = (widget: Widget, brand: Brand | undefined): string =>
  `<script src="${location.origin}/widget.js" data-tenant="${brand?.slug ?? ''}" data-widget="${widget.slug}" async></${'script'}>`;
