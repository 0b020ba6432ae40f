import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../../kernel/log/log.ts';
import { Unreadable, type FileType, type ReadAnswers, type ReadRequest } from './reading.ts';

/** `pageMs`: for a page or sitemap; a site has many of them. */
export interface ReaderLimits { timeoutMs: number; pageMs: number; memoryMb: number; idleMs: number }

interface Asked { request: ReadRequest; settle(answer: Answer): void }
type Answer = { value: ReadAnswers[keyof ReadAnswers] } | { error: { key: Unreadable['key']; values: Unreadable['values'] } } | { gone: true };

const usual: ReaderLimits = { timeoutMs: 30_000, pageMs: 10_000, memoryMb: 600, idleMs: 30_000 };
const program = join(import.meta.dirname, 'reading-process.ts');
const root = join(import.meta.dirname, '../../../..');
/** Where the packages really are: the folder beside the code may be a link. */
const packages = `${fileURLToPath(import.meta.resolve('cheerio')).split(/[/\\]node_modules[/\\]/)[0]}/node_modules`;
/** Its own code and what that stands on; not the desk's data. */
const readable = [join(root, 'core', '*'), join(root, 'node_modules', '*'), join(packages, '*'), join(root, 'package.json')];

/**
 * Reads what strangers wrote (pages, files, sitemaps) in a process of its own: with a limit of memory and time, with nothing of the
 * desk's environment, and with no way to write files or to start programs. One thing at a time; a process that hangs or grows is ended and
 * the next thing gets a new one.
 */
export class FileReader {
  readonly #limits: ReaderLimits;
  readonly #log: Log;
  readonly #waiting: Asked[] = [];
  #child: ChildProcess | undefined;
  #isBusy = false;
  #isStopped = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(log: Log, limits: Partial<ReaderLimits> = {}) {
    this.#log = log;
    this.#limits = { ...usual, ...limits };
  }

  /** The process that reads now, if one is there. */
  get pid(): number | undefined { return this.#child?.pid; }

  typeOf(bytes: Uint8Array, name: string): Promise<FileType | null> {
    return this.read({ kind: 'type', bytes, name });
  }

  /** Throws `Unreadable` for what cannot be read, and for what took too long or too much memory. */
  async read<R extends ReadRequest>(request: R): Promise<ReadAnswers[R['kind']]> {
    const answer = await new Promise<Answer>((settle) => {
      this.#waiting.push({ request, settle });
      this.#next();
    });
    if ('value' in answer) return answer.value as ReadAnswers[R['kind']];
    if ('error' in answer) throw new Unreadable(answer.error.key, answer.error.values);
    throw this.#isStopped ? new Error('the reader was stopped') : new Unreadable('too_complex');
  }

  /** Ends the process; what waits is not read. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    for (const { settle } of this.#waiting.splice(0)) settle({ gone: true });
  }

  #next(): void {
    if (this.#isBusy) return;
    clearTimeout(this.#idle);
    const asked = this.#waiting.shift();
    if (!asked) {
      this.#idle = setTimeout(() => this.#child?.kill('SIGKILL'), this.#limits.idleMs).unref();
      return;
    }
    this.#isBusy = true;
    void this.#ask(asked).finally(() => {
      this.#isBusy = false;
      this.#next();
    });
  }

  async #ask({ request, settle }: Asked): Promise<void> {
    if (this.#isStopped) return settle({ gone: true });
    const child = this.#child ??= this.#begin();
    child.ref();
    const answer = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => {
        this.#log.warn({ kind: request.kind }, 'reading a text took too long and was ended');
        child.kill('SIGKILL');
      }, request.kind === 'file' ? this.#limits.timeoutMs : this.#limits.pageMs);
      const end = (result: Answer): void => {
        clearTimeout(timer);
        child.off('message', end as never).off('exit', gone);
        resolve(result);
      };
      const gone = (): void => end({ gone: true });
      child.on('message', end as never).on('exit', gone);
      child.send(request, (error) => { if (error) child.kill('SIGKILL'); });
    });
    // A process that waits for work keeps nobody alive who has nothing else to do.
    child.unref();
    settle(answer);
  }

  #begin(): ChildProcess {
    const { memoryMb } = this.#limits;
    const child = fork(program, [String(memoryMb), String(process.pid)], {
      serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {},
      execArgv: [`--max-old-space-size=${Math.round(memoryMb * 0.6)}`, '--disable-warning=ExperimentalWarning', '--permission', ...readable.map((path) => `--allow-fs-read=${path}`), '--allow-worker'],
    });
    child.channel?.unref();
    const forget = (): void => { if (this.#child === child) this.#child = undefined; };
    child.on('exit', forget).on('error', (error) => {
      this.#log.warn({ err: error }, 'the process that reads texts did not start');
      forget();
      child.emit('exit');
    });
    return child;
  }
}
