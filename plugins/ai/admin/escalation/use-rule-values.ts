import { useT } from '@plugboard/admin-sdk';
import { useEditor } from '../editor/editor.ts';
import { customary, nameOf } from '../editor/languages.ts';
import type { RuleField } from '../types.ts';

interface Option { value: string; label: string }

/** What may be chosen for a field, and what a chosen value is called. */
export function useRuleValues(): { optionsOf(field: RuleField, present?: string): Option[] | null; valueName(field: RuleField, value: string): string } {
  const t = useT('ai');
  const { departments } = useEditor();
  const known = (field: RuleField): Option[] | null => {
    switch (field) {
      case 'contact-kind': return ['anonymous', 'identified', 'verified'].map((value) => ({ value, label: t(`admin.rule.kind.${value}`) }));
      case 'channel': return ['chat', 'email'].map((value) => ({ value, label: t(`admin.rule.channel.${value}`) }));
      case 'department': return departments.map(({ id, name }) => ({ value: id, label: name }));
      case 'locale': return customary.map((value) => ({ value, label: nameOf(value) }));
      default: return null;
    }
  };
  const goneName = (field: RuleField, value: string) => (field === 'department' ? t('admin.rule.gone') : value);
  return {
    optionsOf(field, present = '') {
      const options = known(field);
      return options && present !== '' && !options.some(({ value }) => value === present) ? [...options, { value: present, label: goneName(field, present) }] : options;
    },
    valueName: (field, value) => known(field)?.find((option) => option.value === value)?.label ?? (known(field) ? goneName(field, value) : value),
  };
}
