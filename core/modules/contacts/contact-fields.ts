import { limits } from '../../shared/limits.ts';
import { emailSchema, localeSchema } from '../../shared/primitives.ts';
import { invalid } from '../../kernel/errors.ts';

export interface ContactFields { name?: string | undefined; email?: string | undefined; locale?: string | undefined }

/** Columns for what a person gave; an empty value takes the old one away, a wrong one is refused by its name. */
export function contactColumns(fields: ContactFields): { name?: string | null; search_name?: string | null; email?: string | null; locale?: string | null } {
  return {
    ...(fields.name === undefined ? {} : nameColumns(fields.name)),
    ...(fields.email === undefined ? {} : { email: fields.email.trim() === '' ? null : checked('email', emailSchema.safeParse(fields.email.trim())) }),
    ...(fields.locale === undefined ? {} : { locale: fields.locale === '' ? null : checked('locale', localeSchema.safeParse(fields.locale)) }),
  };
}

function nameColumns(given: string): { name: string | null; search_name: string | null } {
  const name = given.replaceAll('\u0000', '').toWellFormed().trim();
  if ([...name].length > limits.name) throw invalid('name', 'too_big');
  return name === '' ? { name: null, search_name: null } : { name, search_name: name.toLowerCase().slice(0, limits.name) };
}

function checked<T>(path: string, result: { success: true; data: T } | { success: false }): T {
  if (!result.success) throw invalid(path, `invalid_${path}`);
  return result.data;
}
