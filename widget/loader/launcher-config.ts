import type { IconShape } from '../app/page-config.ts';

/** `GET /api/sdk/config`. */
export interface LauncherConfig {
  slug: string;
  type: 'popup' | 'sidebar';
  position: 'left' | 'right';
  mode: 'system' | 'light' | 'dark';
  color: string;
  icon: IconShape | null;
  text: string;
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: { title: string; open: string; close: string; unread: string };
}
