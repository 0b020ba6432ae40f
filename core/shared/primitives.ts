import { z } from 'zod';
import { limits } from './limits.ts';

/** Public id: 128 random bits in lower-case base 32. */
export const idSchema = z.string().regex(/^[a-z2-7]{26}$/, 'not an id');
/** Path parameters of everything that is addressed by its id alone. */
export const idParams = z.strictObject({ id: idSchema });
export const cidSchema = z.uuid();
export const emailSchema = z.email().max(254).transform((value) => value.trim().toLowerCase());
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35);
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'lower-case letters, digits and hyphens');
export const colorSchema = z.string().regex(/^#[0-9a-fA-F]{6}$/);
/** A zone that the platform knows, such as Europe/Berlin. */
export const timeZoneSchema = z.string().max(60).refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}, { error: 'time_zone' });
export const timeSchema = z.iso.datetime();

const bytes = (text: string) => new TextEncoder().encode(text).length;
/** Text of a message: at most 10 000 code points and 40 KB, NUL taken out. May be empty when there are attachments. */
export const messageTextSchema = z.string()
  .transform((text) => text.replaceAll('\u0000', ''))
  .refine((text) => [...text].length <= limits.messageCodePoints && bytes(text) <= limits.messageBytes, { error: 'message_too_long' });

export const personNameSchema = z.string().trim().min(1).max(limits.name).transform((text) => text.replaceAll('\u0000', ''));

/** `?limit&cursor` of every list. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
  cursor: z.string().max(500).optional(),
});
