import { z } from '@plugboard/admin-sdk';

/** Words for what is wrong: keys below `admin.errors`. */
export const errorWords = ['noBrand', 'noKey', 'noValue', 'noCondition', 'hours', 'unknown', 'tooManyQuestions'];
const said = (key: string) => ({ error: key });

const byLocale = (max: number) => z.record(z.string(), z.string().max(max));
const score = z.number().int().min(1).max(100).nullable();
const priority = z.enum(['low', 'normal', 'high', 'urgent']).nullable();
const tags = z.array(z.string().max(50)).max(20);
const questions = z.array(z.string().max(160)).refine((texts) => texts.filter((text) => text.trim()).length <= 6, said('tooManyQuestions'));

export const conditionSchema = z.strictObject({
  field: z.enum(['trait', 'company', 'company-trait', 'context', 'contact-kind', 'department', 'channel', 'locale', 'page']), key: z.string().max(120),
  operator: z.enum(['is', 'is-not', 'contains', 'not-contains', 'greater', 'less', 'is-set', 'is-not-set']), value: z.string().max(200),
}).refine(({ field, key }) => key.trim() !== '' || !['trait', 'company-trait', 'context'].includes(field), { path: ['key'], error: 'noKey' })
  .refine(({ operator, value }) => value.trim() !== '' || ['is-set', 'is-not-set'].includes(operator), { path: ['value'], error: 'noValue' });

const rule = z.strictObject({
  id: z.string(), name: z.string().max(120), conditions: z.array(conditionSchema).min(1, said('noCondition')).max(10), action: z.enum(['hand-over', 'keep']),
  departmentId: z.string().nullable(), priority, tags,
});
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, said('hours'));
const opening = z.strictObject({ day: z.number().int().min(1).max(7), from: time, to: time }).refine(({ from, to }) => from < to, { path: ['to'], error: 'hours' });
const destination = z.strictObject({ departmentId: z.string().nullable(), message: z.string().max(1_000), messageByLocale: byLocale(1_000) });

/** The checks of the server, made while one types. */
export const draftSchema = z.strictObject({
  name: z.string().trim().min(1).max(120), mode: z.enum(['off', 'suggest', 'answer']), isDefault: z.boolean(), avatar: z.string().nullable(),
  brandScope: z.enum(['all', 'some']), brandIds: z.array(z.string()), persona: z.string().max(2_000), tone: z.enum(['friendly', 'neutral', 'formal']),
  instructions: z.string().max(20_000), refusals: z.string().max(5_000), greeting: z.string().max(1_000), greetingByLocale: byLocale(1_000),
  suggestedQuestions: questions, suggestedQuestionsByLocale: z.record(z.string(), questions), languages: z.array(z.string()).max(40),
  modelIds: z.array(z.string()).max(5), useTools: z.boolean(), maxAnswers: z.number().int().min(1).max(100),
  gate: z.strictObject({ answered: score, escalated: score, grounded: score }),
  escalation: z.strictObject({
    mode: z.enum(['off', 'always', 'conditional']), phrases: z.boolean(), sentiment: z.boolean(), noKnowledge: z.boolean(),
    confidence: z.strictObject({ isOn: z.boolean(), threshold: z.number().int().min(1).max(100) }), attempts: z.strictObject({ isOn: z.boolean(), count: z.number().int().min(1).max(10) }),
    keywords: z.array(z.string().max(80)).max(100), rules: z.array(rule).max(50),
    hours: z.strictObject({ isOn: z.boolean(), timeZone: z.string().min(1).max(60), days: z.array(opening).max(28) }), within: destination, outside: destination, priority, tags,
  }),
}).refine(({ brandScope, brandIds }) => brandScope === 'all' || brandIds.length > 0, { path: ['brandIds'], error: 'noBrand' });
