import { useQuery, type QueryClient } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import type { BrandDto } from '@plugboard/sdk';
import type { EmailTemplateDetail, EmailTemplateSummary, EmailTemplateText } from '../../../shared/email-templates.ts';
import { api } from '../../sdk/api.ts';
import { readAll } from '../settings/queries.ts';

export const useTemplates = () => useQuery({ queryKey: ['email-templates'], queryFn: ({ signal }) => readAll<EmailTemplateSummary>('/email-templates', signal) });
export const useTemplate = (id: Ref<string>) => useQuery({ queryKey: computed(() => ['email-templates', id.value]), queryFn: () => api.get<EmailTemplateDetail>(`/email-templates/${id.value}`) });

/** What the server answered stands at once; the list is asked for again. */
export async function keepTemplate(queryClient: QueryClient, template: EmailTemplateDetail): Promise<void> {
  queryClient.setQueryData(['email-templates', template.id], template);
  await queryClient.invalidateQueries({ queryKey: ['email-templates'], exact: true });
}

/** Where the words for a brand and a language come from. */
export type TextOrigin = 'own' | 'everyBrand' | 'shipped' | 'otherLanguage';
export interface ShownText { text: EmailTemplateText; origin: TextOrigin }

/** The text that is used now for a brand (`null`: every brand) and a language, in the order that mails use. */
export function textFor(template: EmailTemplateDetail, brand: BrandDto | null, locale: string): ShownText {
  const languages = [locale, brand?.locale, 'en'].flatMap((tag) => (tag ? [tag, tag.split('-')[0] ?? tag] : []));
  for (const language of languages) {
    const inLanguage = template.texts.filter((text) => text.locale === language);
    const own = inLanguage.find((text) => !text.isShipped && text.brandId === (brand?.id ?? null));
    const found = own ?? inLanguage.find((text) => !text.isShipped && text.brandId === null) ?? inLanguage.find((text) => text.isShipped);
    if (found) return { text: found, origin: language !== locale ? 'otherLanguage' : own ? 'own' : found.isShipped ? 'shipped' : 'everyBrand' };
  }
  return { text: { brandId: null, locale: 'en', subject: '', body: '', isShipped: true, updatedAt: null }, origin: 'otherLanguage' };
}
