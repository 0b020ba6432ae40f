import type { z } from 'zod';
import type { Translate } from '../translate.ts';

const formats: Record<string, string> = { email: 'email', url: 'url', regex: 'format', uuid: 'format', datetime: 'date' };

/** What is wrong with a value, said so that the person knows what to do. */
export function issueText(issue: z.core.$ZodIssue, t: Translate, value: unknown): string {
  const isEmpty = value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '');
  if (isEmpty || (Array.isArray(value) && value.length === 0)) return t('ui.errors.required');
  switch (issue.code) {
    case 'too_small': return t(issue.origin === 'string' ? 'ui.errors.tooShort' : issue.origin === 'number' ? 'ui.errors.min' : 'ui.errors.required', { count: Number(issue.minimum) });
    case 'too_big': return t(issue.origin === 'string' ? 'ui.errors.tooLong' : issue.origin === 'number' ? 'ui.errors.max' : 'ui.errors.tooMany', { count: Number(issue.maximum) });
    case 'invalid_format': return t(`ui.errors.${slugLike(issue) ? 'slug' : formats[issue.format] ?? 'format'}`);
    case 'custom': return issue.message.startsWith('ui.errors.') ? t(issue.message) : t('ui.errors.format');
    default: return t('ui.errors.format');
  }
}

const slugLike = (issue: { format?: string; path: PropertyKey[] }) => issue.format === 'regex' && issue.path.at(-1) === 'slug';
