import type { MarkedText, Range } from './marked-text.ts';

export interface Moment { content: MarkedText; range: Range }

const most = 200;
const pause = 1_000;

/** What was written before, step by step. Typing in one go is one step. */
export class History {
  #past: Moment[] = [];
  #future: Moment[] = [];
  #kind = '';
  #at = 0;

  /** Called before each change, with what is there. */
  note(moment: Moment, kind: string, now = Date.now()): void {
    const goesOn = kind !== '' && kind === this.#kind && now - this.#at < pause;
    this.#kind = kind;
    this.#at = now;
    this.#future = [];
    if (!goesOn) this.#past = [...this.#past, moment].slice(-most);
  }

  undo(present: Moment): Moment | null {
    const moment = this.#past.at(-1);
    if (!moment) return null;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, present];
    this.#kind = '';
    return moment;
  }

  redo(present: Moment): Moment | null {
    const moment = this.#future.at(-1);
    if (!moment) return null;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, present];
    this.#kind = '';
    return moment;
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
  }
}
