import { z } from '@plugboard/sdk';
import { byLocale, text } from '../fields.ts';
import { idSchema } from '../ids.ts';

export const ruleFields = ['trait', 'company', 'company-trait', 'context', 'contact-kind', 'department', 'channel', 'locale', 'page'] as const;
export const ruleOperators = ['is', 'is-not', 'contains', 'not-contains', 'greater', 'less', 'is-set', 'is-not-set'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

const tags = z.array(text(50).pipe(z.string().min(1))).max(20);

/** `key` names the trait or the context entry. `page` is where the conversation began. */
export const conditionSchema = z.strictObject({
  field: z.enum(ruleFields), key: text(120).default(''), operator: z.enum(ruleOperators), value: text(200).default(''),
}).refine(({ field, key }) => key !== '' || !['trait', 'company-trait', 'context'].includes(field), { path: ['key'], error: 'required' });

/** All conditions hold → `hand-over` at once, or `keep`: never handed over but when the person asks for it. The first rule that fits counts. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: text(120).default(''),
  conditions: z.array(conditionSchema).min(1).max(10),
  action: z.enum(['hand-over', 'keep']),
  departmentId: idSchema.nullable().default(null),
  priority: z.enum(priorities).nullable().default(null),
  tags: tags.default([]),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 09:00');
const timeZone = z.string().max(60).refine((zone) => isTimeZone(zone), { error: 'unknown' });

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `day`: 1 Monday … 7 Sunday. Off: always open. */
export const hoursSchema = z.strictObject({
  isOn: z.boolean().default(false),
  timeZone: timeZone.default('UTC'),
  days: z.array(z.strictObject({ day: z.number().int().min(1).max(7), from: time, to: time }).refine(({ from, to }) => from < to, { path: ['to'], error: 'before_from' })).max(28)
    .default([1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }))),
});

/** Where it goes and what is said then; an empty message is one of the shipped texts. */
const destinationSchema = z.strictObject({ departmentId: idSchema.nullable().default(null), message: text(1_000).default(''), messageByLocale: byLocale(1_000).default({}) });

export const escalationSchema = z.strictObject({
  /** `off`: never. `always`: answers, and a person goes on. `conditional`: as told below. */
  mode: z.enum(['off', 'always', 'conditional']).default('conditional'),
  /** When somebody asks for a person. */
  phrases: z.boolean().default(true),
  /** Dissatisfaction. */
  sentiment: z.boolean().default(true),
  noKnowledge: z.boolean().default(true),
  confidence: z.strictObject({ isOn: z.boolean().default(true), threshold: z.number().int().min(1).max(100).default(50) }).prefault({}),
  /** Answers that did not help: the same again, nothing found, told that it was no help. */
  attempts: z.strictObject({ isOn: z.boolean().default(true), count: z.number().int().min(1).max(10).default(3) }).prefault({}),
  keywords: z.array(text(80).pipe(z.string().min(1))).max(100).default([]),
  rules: z.array(ruleSchema).max(50).default([]),
  hours: hoursSchema.prefault({}),
  within: destinationSchema.prefault({}),
  outside: destinationSchema.prefault({}),
  priority: z.enum(priorities).nullable().default(null),
  tags: tags.default([]),
});

export type Escalation = z.output<typeof escalationSchema>;
export type EscalationRule = z.output<typeof ruleSchema>;
export type RuleCondition = z.output<typeof conditionSchema>;
export type BusinessHours = z.output<typeof hoursSchema>;
