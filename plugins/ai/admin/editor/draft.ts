import type { Assistant, AssistantBody, AssistantConfig } from '../types.ts';

/** Everything that the tabs edit: one form. */
export interface Draft extends Omit<AssistantBody, 'brandIds'> { brandScope: 'all' | 'some'; brandIds: string[] }

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What a copy of an assistant takes over: not what is the original's alone. */
export function copyOf(assistant: Assistant): AssistantConfig {
  const { id: _id, name: _name, mode: _mode, isDefault: _isDefault, version: _version, scores: _scores, passesGate: _passesGate, createdAt: _createdAt, updatedAt: _updatedAt, ...config } = copy(assistant);
  return config;
}

export function toDraft(assistant: Assistant): Draft {
  const { brandIds, ...config } = copyOf(assistant);
  const { name, mode, isDefault } = assistant;
  // A clock on screen knows no 24:00.
  for (const opening of config.escalation.hours.days) if (opening.to === '24:00') opening.to = '23:59';
  return { name, mode, isDefault, ...config, brandScope: brandIds === 'all' ? 'all' : 'some', brandIds: brandIds === 'all' ? [] : brandIds };
}

const lines = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter(Boolean);
const filled = (texts: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** What is sent: the draft as the API words it. */
export function toBody(draft: Draft): AssistantBody {
  const { brandScope, brandIds, ...rest } = copy(draft);
  const { escalation } = rest;
  const bySuggestion = Object.entries(rest.suggestedQuestionsByLocale).map(([locale, texts]) => [locale, lines(texts)] as const).filter(([, texts]) => texts.length > 0);
  return {
    ...rest,
    brandIds: brandScope === 'all' ? 'all' : brandIds,
    greetingByLocale: filled(rest.greetingByLocale), suggestedQuestions: lines(rest.suggestedQuestions), suggestedQuestionsByLocale: Object.fromEntries(bySuggestion),
    escalation: {
      ...escalation, keywords: lines(escalation.keywords),
      within: { ...escalation.within, messageByLocale: filled(escalation.within.messageByLocale) }, outside: { ...escalation.outside, messageByLocale: filled(escalation.outside.messageByLocale) },
    },
  };
}
