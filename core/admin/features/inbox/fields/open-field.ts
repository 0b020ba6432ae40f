import { reactive } from 'vue';

export type FieldName = 'status' | 'priority' | 'assignees' | 'department' | 'tags';

/** Which field's list is open; keys open them, too. */
export const openField = reactive<Record<FieldName, boolean>>({ status: false, priority: false, assignees: false, department: false, tags: false });
