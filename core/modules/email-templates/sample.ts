import { commonValues } from './compose-mail.ts';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';

/** Made-up values of everything that a template may use. */
export const sampleOf = (template: Pick<RegisteredTemplate, 'sample'>): Record<string, unknown> => ({
  ...commonValues({ brandName: 'Acme', deskName: 'Acme Support', deskUrl: 'https://support.example.com', recipientName: 'Ada Lovelace' }),
  ...template.sample,
});
