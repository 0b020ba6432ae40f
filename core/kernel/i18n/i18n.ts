/** Texts from `locales/<lng>/<namespace>.json`, and those of active plugins under the namespace `plugin.<id>`. English stands behind every language. */
export interface I18n {
  /** `ns:key`, for example `errors:not_found`. */
  t(key: string, locale: string, values?: Record<string, unknown>): string;
  locales(): string[];
  /** Best of the desk's locales for an Accept-Language header or a list of tags. */
  negotiate(wanted: string | readonly string[] | undefined, fallback?: string): string;
  /** Merged texts of one namespace, English behind. */
  texts(locale: string, namespace: string): Record<string, string>;
  addPlugin(pluginId: string, texts: Record<string, Record<string, string>>): () => void;
  direction(locale: string): 'ltr' | 'rtl';
}
