import { useT } from '@plugboard/admin-sdk';
import { computed, type ComputedRef } from 'vue';
import { useEditor } from '../editor/editor.ts';

interface Option { value: string; label: string }

/** Departments and priorities to choose of; `none` leaves it as it is. */
export function useDestinations(): { departmentOptions: ComputedRef<Option[]>; priorityOptions: ComputedRef<Option[]>; none: string } {
  const t = useT('ai');
  const { departments } = useEditor();
  const none = 'none';
  return {
    none,
    departmentOptions: computed(() => [{ value: none, label: t('admin.sameDepartment') }, ...departments.map(({ id, name }) => ({ value: id, label: name }))]),
    priorityOptions: computed(() => [{ value: none, label: t('admin.samePriority') }, ...['low', 'normal', 'high', 'urgent'].map((value) => ({ value, label: t(`admin.priorities.${value}`) }))]),
  };
}
