import { onScopeDispose, watch, type Ref } from 'vue';
import { useTranslation } from 'i18next-vue';
import { useRouter, type RouteLocationNormalized } from 'vue-router';
import { confirm } from '../confirm.ts';

/** While `isDirty`, leaving the page or closing the tab asks first. `leaves` tells whether an address is elsewhere; any other unless told. */
export function useLeaveGuard(isDirty: Readonly<Ref<boolean>>, leaves: (to: RouteLocationNormalized) => boolean = () => true): void {
  const { t } = useTranslation('settings');
  const ask = () => confirm({ title: t('ui.leave.title'), text: t('ui.leave.text'), confirm: t('ui.leave.discard'), cancel: t('ui.leave.stay'), danger: true });
  const stopGuard = useRouter().beforeEach(async (to, from) => to.path === from.path || !isDirty.value || !leaves(to) || ask());
  const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
  const stopWatch = watch(isDirty, (dirty) => {
    if (dirty) addEventListener('beforeunload', onUnload);
    else removeEventListener('beforeunload', onUnload);
  }, { immediate: true });
  onScopeDispose(() => { stopGuard(); stopWatch(); removeEventListener('beforeunload', onUnload); });
}
