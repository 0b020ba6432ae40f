import { randomBytes } from 'node:crypto';

/** Wraps what others wrote in marks that nobody can guess, so that nothing within can pretend to stand outside. */
export class Fence {
  readonly #mark = randomBytes(9).toString('base64url');

  get mark(): string { return this.#mark; }

  wrap(name: string, text: string): string {
    return `<<${name} ${this.#mark}>>\n${text.replaceAll(this.#mark, '').replaceAll('\u0000', '')}\n<<end ${name} ${this.#mark}>>`;
  }
}
