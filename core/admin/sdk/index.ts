/**
 * `@plugboard/admin-sdk`: what a plugin's own pages in the admin are written with. The desk shares this module with
 * plugins at run time, so that they draw with the same parts as the desk and in the same theme.
 */
export { api, ApiError, createApi, type Api, type Query, type RequestOptions } from './api.ts';
export { defineAdminPlugin, type AdminPlugin, type AdminPluginContext, type Disposer, type MenuItem, type PanelItem, type PluginRoute } from './plugin.ts';
export { useProblemText } from './use-problem-text.ts';
export { useT } from './use-t.ts';
/** The schema library of the desk, so that a plugin needs none of its own. */
export { z } from 'zod';

export { confirm } from '../ui/confirm.ts';
export { toast } from '../ui/toast.ts';
export { useFormat, type Format } from '../ui/use-format.ts';
export { useForm, type Form as FormState, type FormOptions } from '../ui/form/use-form.ts';
export { default as Form } from '../ui/form/Form.vue';
export { default as FormDialog } from '../ui/form/FormDialog.vue';
export { default as SaveBar } from '../ui/form/SaveBar.vue';
export { default as Avatar } from '../ui/Avatar.vue';
export { default as Button } from '../ui/Button.vue';
export { default as Callout } from '../ui/Callout.vue';
export { default as Checkbox } from '../ui/Checkbox.vue';
export { default as ChoiceField } from '../ui/ChoiceField.vue';
export { default as Chip } from '../ui/Chip.vue';
export { default as CodeBlock } from '../ui/CodeBlock.vue';
export { default as ColorField } from '../ui/ColorField.vue';
export { default as CopyButton } from '../ui/CopyButton.vue';
export { default as DataTable } from '../ui/DataTable.vue';
export { default as Dialog } from '../ui/Dialog.vue';
export { default as DurationField } from '../ui/DurationField.vue';
export { default as EmptyState } from '../ui/EmptyState.vue';
export { default as ErrorState } from '../ui/ErrorState.vue';
export { default as FieldFrame } from '../ui/FieldFrame.vue';
export { default as FormSection } from '../ui/FormSection.vue';
export { default as Icon } from '../ui/Icon.vue';
export { default as IconButton } from '../ui/IconButton.vue';
export { default as KeyValueField } from '../ui/KeyValueField.vue';
export { default as LinkTabs } from '../ui/LinkTabs.vue';
export { default as ListField } from '../ui/ListField.vue';
export { default as Menu } from '../ui/Menu.vue';
export { default as NumberField } from '../ui/NumberField.vue';
export { default as Page } from '../ui/Page.vue';
export { default as PickField } from '../ui/PickField.vue';
export { default as PickManyField } from '../ui/PickManyField.vue';
export { default as Popover } from '../ui/Popover.vue';
export { default as SearchField } from '../ui/SearchField.vue';
export { default as SecretField } from '../ui/SecretField.vue';
export { secretChange, unchangedSecret, type SecretValue } from '../ui/secret.ts';
export { default as Segments } from '../ui/Segments.vue';
export { default as SelectField } from '../ui/SelectField.vue';
export { default as Sheet } from '../ui/Sheet.vue';
export { default as Skeleton } from '../ui/Skeleton.vue';
export { default as SortableList } from '../ui/SortableList.vue';
export { default as SwitchField } from '../ui/SwitchField.vue';
export { default as Tabs } from '../ui/Tabs.vue';
export { default as TagsField } from '../ui/TagsField.vue';
export { default as TextArea } from '../ui/TextArea.vue';
export { default as TextField } from '../ui/TextField.vue';
export { default as Tooltip } from '../ui/Tooltip.vue';
