import { useTranslation } from 'i18next-vue';
import { useRouter } from 'vue-router';
import { useSession } from '../session/session.store.ts';
import { toast } from '../ui/toast.ts';

export function useSignOut(): () => Promise<void> {
  const { t } = useTranslation('admin');
  const session = useSession();
  const router = useRouter();
  return async () => {
    try {
      await session.signOut();
      await router.push({ name: 'sign-in' });
    } catch {
      toast.failed(t('shell.signOutFailed'));
    }
  };
}
