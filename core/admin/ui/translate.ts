import type { TFunction } from 'i18next';

/** The `t` of `useTranslation('settings')`, for plain functions that need texts. */
export type Translate = TFunction<'settings'>;
