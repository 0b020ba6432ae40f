import type { Kernel } from '../../kernel/context.ts';
import type { Brand } from '../brands/index.ts';

/** Where readers find an article. The language is named where it is not the brand's. */
export function articleAddress(kernel: Kernel, brand: Pick<Brand, 'slug' | 'locale'>, text: { slug: string; locale: string }): string {
  const language = text.locale === brand.locale ? '' : `?lang=${encodeURIComponent(text.locale)}`;
  return `${kernel.config.publicUrl}/portal/${brand.slug}/articles/${text.slug}${language}`;
}

/** Where the bytes of an article's file are. Who may have them is asked there. */
export const fileAddress = (uid: string, proof?: string): string => `/api/v1/article-files/${uid}${proof === undefined ? '' : `?proof=${proof}`}`;
