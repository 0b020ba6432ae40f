import type { AnswerSource, AssistantTurn } from '@plugboard/sdk';
import { plain } from '../answering/message-format.ts';

export interface SummaryInput {
  turn: Pick<AssistantTurn, 'messages' | 'contact'>;
  question: string;
  /** Shown now, or found and not shown. */
  sources: readonly AnswerSource[];
  /** Tools that were called and what came of them. */
  tried: readonly string[];
  text(key: string, values?: Record<string, string | number>): string;
}

const short = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`);

/** For the person who takes over, without a model: what was asked, what was answered, what goes wrong for the contact. */
export function summarise({ turn, question, sources, tried, text }: SummaryInput): string {
  const answers = turn.messages.filter(({ author }) => author === 'assistant').slice(-3).map((message) => `- ${short(plain(message.text).replaceAll('\n', ' '), 200)}`);
  const errors = turn.contact.context.filter(({ type }) => type === 'error').slice(0, 5).map(({ label, value }) => `- ${short(label, 80)}: ${short(typeof value === 'string' ? value : JSON.stringify(value), 200)}`);
  const parts = [
    [`**${text('summary.question')}**`, short(question, 600)],
    answers.length > 0 ? [`**${text('summary.answered')}**`, ...answers] : null,
    tried.length > 0 ? [`**${text('summary.tools')}**`, ...tried.map((line) => `- ${line}`)] : null,
    sources.length > 0 ? [`**${text('summary.sources')}**`, ...sources.slice(0, 5).map(({ title, url }) => (url ? `- [${title.replace(/[[\]]/g, '')}](${url})` : `- ${title}`))] : null,
    errors.length > 0 ? [`**${text('summary.errors')}**`, ...errors] : null,
  ];
  return parts.filter((part) => part !== null).map((part) => part.join('\n')).join('\n\n');
}
