import type { AssistantTurn, PluginContext } from '@plugboard/sdk';
import type { Assistant } from '../assistants/assistant.schema.ts';
import { localized } from '../fields.ts';

type Texts = Pick<PluginContext, 't'>;
type Speaker = Pick<Assistant, 'name' | 'greeting' | 'greetingByLocale'>;

/** Has no answer of an assistant been read yet? */
const isFirstContact = ({ answers, messages }: Pick<AssistantTurn, 'answers' | 'messages'>): boolean => answers === 0 && !messages.some(({ author }) => author === 'assistant');

/** Whoever writes with it first is told that it is an AI. */
export function withIntroduction(ctx: Texts, assistant: Speaker, turn: Pick<AssistantTurn, 'answers' | 'messages' | 'mode'>, locale: string, text: string): string {
  if (!isFirstContact(turn) || turn.mode === 'suggest') return text;
  return `${ctx.t('say.introduction', { name: assistant.name }, locale)}\n\n${text}`;
}

/** What it answers to a greeting, to thanks and to a farewell. */
export function smalltalk(ctx: Texts, kind: 'greeting' | 'thanks' | 'goodbye', assistant: Speaker, turn: Pick<AssistantTurn, 'answers' | 'messages'>, locale: string): string {
  if (kind === 'greeting') return localized(assistant.greeting, assistant.greetingByLocale, locale) || ctx.t('say.greeting', {}, locale);
  if (kind === 'thanks' && isFirstContact(turn)) return ctx.t('say.greeting', {}, locale);
  return ctx.t(`say.${kind}`, {}, locale);
}
