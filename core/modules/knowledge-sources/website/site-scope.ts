import type { WebsiteSettings } from '../../../shared/knowledge.ts';

/** Whether a path fits a glob: `*` stands for anything, `?` for one sign. Takes no longer for a nasty glob. */
export function fitsGlob(glob: string, path: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  for (let index = 0; index < path.length;) {
    if (at < glob.length && glob[at] === '*') { star = at; mark = index; at += 1; } else if (at < glob.length && (glob[at] === '?' || glob[at] === path[index])) { at += 1; index += 1; } else if (star >= 0) { at = star + 1; mark += 1; index = mark; } else return false;
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}

/** Which pages belong to a source: of its host, below its first page unless globs say otherwise. */
export class SiteScope {
  readonly #origin: URL;
  readonly #settings: Pick<WebsiteSettings, 'include' | 'exclude'>;
  readonly #below: string;

  constructor(start: string, settings: Pick<WebsiteSettings, 'include' | 'exclude'>, { isWholeHost = false } = {}) {
    this.#origin = new URL(start);
    this.#settings = settings;
    const { pathname } = this.#origin;
    const isFile = /\.\w{1,5}$/.test(pathname);
    this.#below = isWholeHost ? '/' : isFile ? pathname.slice(0, pathname.lastIndexOf('/') + 1) : `${pathname.replace(/\/$/, '')}/`;
  }

  /** Whether the page of this address, as `pageAddress` spells it, is one of the source. */
  covers(address: string): boolean {
    const url = new URL(address);
    if (url.host !== this.#origin.host) return false;
    const paths = [url.pathname, url.pathname + url.search];
    const fits = (globs: readonly string[]): boolean => globs.some((glob) => paths.some((path) => fitsGlob(glob.startsWith('/') || glob.startsWith('*') ? glob : `/${glob}`, path)));
    if (fits(this.#settings.exclude)) return false;
    return this.#settings.include.length > 0 ? fits(this.#settings.include) || address === this.#origin.href : `${url.pathname.replace(/\/$/, '')}/`.startsWith(this.#below);
  }
}
