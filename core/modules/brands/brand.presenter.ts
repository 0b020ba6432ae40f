import type { BrandDto } from '@plugboard/sdk';
import type { Brand } from './brand.model.ts';

export function presentBrand(brand: Brand): BrandDto {
  return { id: brand.uid, slug: brand.slug, name: brand.name, locale: brand.locale, color: brand.color };
}
