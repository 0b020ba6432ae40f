import type { AssistantTurn, Passage } from '@plugboard/sdk';
import type { ModelMessage } from 'ai';
import type { Assistant } from '../assistants/assistant.schema.ts';
import { Fence } from './fence.ts';
import { systemText, tones } from './system-text.ts';

export interface PromptInput {
  assistant: Pick<Assistant, 'name' | 'persona' | 'tone' | 'instructions' | 'refusals'>;
  turn: Pick<AssistantTurn, 'messages' | 'contact' | 'conversation' | 'decided'>;
  passages: readonly Passage[];
  guidance: readonly { title: string; text: string }[];
  locale: string;
}
export interface Prompt { system: string; messages: ModelMessage[]; fence: Fence; /** All that was given, to check an answer against and to find its links. */ grounds: string[]; /** What the person wrote, which proves nothing. */ said: string[] }

const most = { messages: 50, messageChars: 4_000, historyChars: 24_000, passages: 8, value: 2_000, facts: 8_000, guidance: 12_000 };
const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max)}…`);

/** Everything that a model is told, in its order: rules, who it is, guidance, then data. */
export function buildPrompt({ assistant, turn, passages, guidance, locale }: PromptInput): Prompt {
  const fence = new Fence();
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  const facts = factsOf(turn);
  const found = passages.slice(0, most.passages).map((passage, index) => `[${index + 1}] ${[passage.title, ...passage.headings].join(' › ')}${passage.url ? ` (${passage.url})` : ''}\n${passage.text}`);
  const rules = guidance.map(({ title, text }) => `## ${title}\n${text}`).join('\n\n');
  const system = [
    systemText.replaceAll('{name}', assistant.name.replace(/[\r\n<>]/g, ' ')).replaceAll('{mark}', fence.mark).replaceAll('{language}', language),
    section('Who you are', [assistant.persona, tones[assistant.tone]]),
    section('Instructions of the desk', [assistant.instructions]),
    section('What you decline, politely', [assistant.refusals]),
    section('Guidance of the desk', [cut(rules, most.guidance)]),
    fence.wrap('passages', found.length > 0 ? found.join('\n\n') : 'No passage was found.'),
    facts ? fence.wrap('facts about the person', cut(facts, most.facts)) : '',
  ].filter(Boolean).join('\n\n');
  const said = turn.messages.filter(({ author }) => author === 'contact').map(({ text }) => text);
  return { system, messages: history(turn, fence), fence, grounds: [...found, rules, assistant.instructions, assistant.persona, facts], said };
}

const section = (title: string, parts: string[]): string => (parts.join('').trim() === '' ? '' : `# ${title}\n${parts.filter((part) => part.trim() !== '').join('\n')}`);

/** The conversation as turns of two: models take no third voice, so what operators wrote is told by name. */
function history({ messages }: Pick<AssistantTurn, 'messages'>, fence: Fence): ModelMessage[] {
  const turns: { role: 'user' | 'assistant'; text: string }[] = [];
  let length = 0;
  for (const message of messages.slice(-most.messages).reverse()) {
    const text = cut(message.text, most.messageChars);
    length += text.length;
    if (length > most.historyChars && turns.length > 0) break;
    const files = message.attachments.length > 0 ? `\n(attached: ${message.attachments.map(({ name }) => name).join(', ')})` : '';
    const role = message.author === 'assistant' ? 'assistant' : 'user';
    const told = role === 'assistant' ? text : fence.wrap(message.author === 'operator' ? 'message of a colleague' : 'message', text + files);
    const next = turns[0];
    if (next?.role === role) next.text = `${told}\n\n${next.text}`;
    else turns.unshift({ role, text: told });
  }
  // Endpoints want the person to begin.
  if (turns[0]?.role === 'assistant') turns.shift();
  return turns.map(({ role, text }) => ({ role, content: text }));
}

/** Traits, company and context: `[Label] (type)` and lines, errors first, as the desk sorts them. */
function factsOf({ contact, decided, conversation }: Pick<AssistantTurn, 'contact' | 'decided' | 'conversation'>): string {
  const entries = contact.context.map(({ label, type, value, description, isTrusted }) =>
    [`[${label}] (${type})${isTrusted ? '' : ' unconfirmed'}`, description, ...linesOf(value)].filter(Boolean).join('\n'));
  const decisions = decided.map(({ name, status, result, reason }) => `Decided by a person: ${name}: ${status}${reason ? ` (${reason})` : ''}${result === undefined ? '' : ` ${cut(JSON.stringify(result), most.value)}`}`);
  return [
    contact.name ? `Name: ${contact.name}` : '', contact.kind === 'verified' ? '' : 'This person has not proved who they are.', conversation.subject ? `Subject: ${conversation.subject}` : '',
    ...decisions, ...entries, ...linesOf(contact.traits), ...(contact.company ? [`Company: ${contact.company.name ?? ''}`, ...linesOf(contact.company.traits)] : []),
  ].filter(Boolean).join('\n');
}

function linesOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.slice(0, 30).map((one) => `- ${cut(inOneLine(one), 300)}`);
  if (typeof value === 'object') return Object.entries(value).slice(0, 40).map(([key, one]) => `- ${key}: ${cut(inOneLine(one), 300)}`);
  return [cut(String(value), most.value)];
}

const inOneLine = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)).replace(/\s+/g, ' ');

/** The prompt as people read it in the playground. */
export const promptText = ({ system, messages }: Pick<Prompt, 'system' | 'messages'>): string => [system, ...messages.map(({ role, content }) => `--- ${role} ---\n${typeof content === 'string' ? content : JSON.stringify(content, null, 2)}`)].join('\n\n');
