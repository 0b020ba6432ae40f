import type { Assistant } from '../assistants/assistant.schema.ts';
import { fold } from '../language/fold.ts';
import type { Prompt } from '../prompt/build-prompt.ts';
import { systemText } from '../prompt/system-text.ts';

/** Rows of so many words are no chance: of our rules shorter ones, of an admin's instructions longer ones, since answers follow them. */
const rowOf = { rules: 6, instructions: 12 };

/** Tells when a text repeats what it was told to keep: a model that does was talked into it. */
export class LeakGuard {
  readonly #mark: string;
  readonly #rules: Set<string>;
  readonly #instructions: Set<string>;

  constructor({ fence }: Pick<Prompt, 'fence'>, { instructions, persona, refusals }: Pick<Assistant, 'instructions' | 'persona' | 'refusals'>) {
    this.#mark = fence.mark;
    this.#rules = new Set(rows(systemText, rowOf.rules));
    this.#instructions = new Set([instructions, persona, refusals].flatMap((text) => rows(text, rowOf.instructions)));
  }

  leaks(text: string): boolean {
    return text.includes(this.#mark) || rows(text, rowOf.rules).some((row) => this.#rules.has(row)) || rows(text, rowOf.instructions).some((row) => this.#instructions.has(row));
  }
}

function rows(text: string, length: number): string[] {
  const words = fold(text).split(' ');
  return words.slice(length - 1).map((_word, at) => words.slice(at, at + length).join(' '));
}
