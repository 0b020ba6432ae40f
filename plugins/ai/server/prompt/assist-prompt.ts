import type { AssistRequest, Passage } from '@plugboard/sdk';
import { buildPrompt, type Prompt } from './build-prompt.ts';

const neutral = { name: 'a writing assistant for operators', persona: '', tone: 'neutral', instructions: '', refusals: '' } as const;

const manners: Readonly<Record<string, string>> = {
  friendlier: 'Make it warmer and friendlier.', shorter: 'Make it shorter, keep every fact.', formal: 'Make it formal and polite.', fix: 'Correct spelling and grammar, change nothing else.',
};

/** What a model is told when it helps an operator. What is worked on is data, as everywhere. */
export function assistPrompt(request: AssistRequest, passages: readonly Passage[]): Pick<Prompt, 'system' | 'messages' | 'fence' | 'grounds'> {
  const { turn, text = '', instruction = '', kind } = request;
  const locale = request.locale ?? turn.conversation.locale;
  const prompt = buildPrompt({ assistant: neutral, turn: { ...turn, decided: [] }, passages, guidance: [], locale });
  const { fence } = prompt;
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  const tasks: Record<AssistRequest['kind'], string> = {
    draft: `Write the operator's next reply to the person, in ${language}, from the passages and the conversation alone. Where something is not known, leave a gap in square words such as (date). No signature. Do not answer with a mark.`,
    summarise: `Summarise the conversation for a colleague in ${language}: what the person wants, what was tried, what is open. At most six short lines that begin with "- ".`,
    rewrite: `Rewrite the text of the operator. ${manners[instruction] ?? 'Follow the wish of the operator.'} Keep its language, its facts and its links. Answer with the text alone.`,
    translate: `Translate the text into ${language}. Keep names, numbers and links. Answer with the translation alone.`,
    ask: `Answer the question of the operator in ${language} from the passages alone, with the numbers of the passages.`,
    similar: '',
  };
  const material = [text ? fence.wrap('text', text) : '', instruction && manners[instruction] === undefined ? fence.wrap('wish of the operator', instruction) : ''].filter(Boolean).join('\n\n');
  const task = { role: 'user' as const, content: [tasks[kind], material].filter(Boolean).join('\n\n') };
  const needsThread = kind === 'draft' || kind === 'summarise';
  const last = prompt.messages.at(-1);
  const messages = !needsThread ? [task] : last?.role === 'user' ? [...prompt.messages.slice(0, -1), { role: 'user' as const, content: `${String(last.content)}\n\n${task.content}` }] : [...prompt.messages, task];
  const system = `You help an operator of a support desk to write; the operator reads and sends it.\n\n${prompt.system}`;
  return { system, messages, fence, grounds: [...prompt.grounds, ...prompt.said, text] };
}
