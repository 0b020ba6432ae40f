import { useQueryClient } from '@tanstack/vue-query';
import { useTranslation } from 'i18next-vue';
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import type { EmailTemplateSummary } from '../../../shared/email-templates.ts';
import { api } from '../../sdk/api.ts';
import { confirm } from '../../ui/confirm.ts';
import type { MenuEntry } from '../../ui/menu.ts';
import { useAction } from '../../ui/use-action.ts';

/** What can be done with a template as a whole, from the list and from its page. */
export function useTemplateActions() {
  const { t } = useTranslation('settings');
  const queryClient = useQueryClient();
  const router = useRouter();
  const { act } = useAction();
  const named = ref<{ template: EmailTemplateSummary; copies: boolean } | null>(null);

  async function remove(template: EmailTemplateSummary): Promise<void> {
    const isSure = await confirm({ title: t('settings.emailTemplates.removeTitle', { name: template.name }), text: t('settings.emailTemplates.removeText'), confirm: t('ui.delete'), danger: true });
    if (!isSure) return;
    await act(template.id, async () => {
      await api.delete(`/email-templates/${template.id}`);
      await router.push('/settings/email-templates');
      queryClient.removeQueries({ queryKey: ['email-templates', template.id] });
      await queryClient.invalidateQueries({ queryKey: ['email-templates'], exact: true });
    }, t('settings.emailTemplates.removed', { name: template.name }));
  }

  const menuOf = (template: EmailTemplateSummary): MenuEntry[] => [
    { label: t('settings.emailTemplates.copy'), icon: 'copy', select: () => { named.value = { template, copies: true }; } },
    ...(template.isShipped ? [] : [
      { label: t('settings.emailTemplates.rename'), icon: 'edit', select: () => { named.value = { template, copies: false }; } },
      'line' as const,
      { label: t('ui.delete'), icon: 'trash', danger: true, select: () => void remove(template) },
    ]),
  ];
  return { named, menuOf };
}
