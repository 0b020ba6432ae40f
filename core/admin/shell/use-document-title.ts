import { useTranslation } from 'i18next-vue';
import { computed, shallowRef, watchEffect } from 'vue';
import { useRoute } from 'vue-router';
import { useRailEntries } from './rail-entries.ts';

/** What the open screen calls itself; a route's `meta.titleKey` when it says nothing. */
export const screenTitle = shallowRef('');

/** `(3) Mine · Plugboard`: the count is what waits for this person. */
export function useDocumentTitle(unread: () => number): void {
  const { main, end } = useRailEntries();
  const { t } = useTranslation();
  const route = useRoute();
  const place = computed(() => [...main.value, ...end.value].find((entry) => `${route.path}/`.startsWith(`${entry.to}/`))?.label ?? '');
  const name = computed(() => (route.meta.titleKey ? t(route.meta.titleKey) : screenTitle.value || place.value));
  watchEffect(() => {
    const count = unread();
    document.title = `${count > 0 ? `(${count}) ` : ''}${name.value ? `${name.value} · ` : ''}Plugboard`;
  });
}
