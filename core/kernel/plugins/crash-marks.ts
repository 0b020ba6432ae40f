import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Mark { isStarting: boolean; deaths: number; quarantinedAt: number | null }
type Marks = Record<string, Mark>;

const deathsToQuarantine = 2;

/**
 * Which plugin was being started when this process died. It is written before the import and taken back after set-up;
 * who dies twice in a row that way is not started here again until an admin lets it.
 */
export class CrashMarks {
  readonly #path: string;
  #marks: Marks;

  constructor(dataDir: string, process: string) {
    this.#path = join(dataDir, 'plugin-marks', `${process.replace(/[^\w.-]/g, '_')}.json`);
    this.#marks = read(this.#path);
    const died = Object.entries(this.#marks).filter(([, mark]) => mark.isStarting);
    for (const [, mark] of died) {
      mark.isStarting = false;
      mark.deaths += 1;
      if (mark.deaths >= deathsToQuarantine) mark.quarantinedAt = Date.now();
    }
    if (died.length > 0) this.#write();
  }

  /** True when the plugin is kept from starting here. An admin's change after that moment lets it go. */
  isQuarantined(pluginId: string, changedAt: number): boolean {
    const since = this.#marks[pluginId]?.quarantinedAt;
    if (since === undefined || since === null) return false;
    if (changedAt > since) this.release(pluginId);
    return this.#marks[pluginId] !== undefined;
  }

  starting(pluginId: string): void {
    this.#marks[pluginId] = { isStarting: true, deaths: this.#marks[pluginId]?.deaths ?? 0, quarantinedAt: null };
    this.#write();
  }

  /** The process lived through it, whether or not the plugin came up. */
  survived(pluginId: string): void {
    this.release(pluginId);
  }

  release(pluginId: string): void {
    if (!(pluginId in this.#marks)) return;
    delete this.#marks[pluginId];
    this.#write();
  }

  /** At once and in one piece: the process may be gone in the next line. */
  #write(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, JSON.stringify(this.#marks));
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function read(path: string): Marks {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Marks;
  } catch {
    return {};
  }
}
