import { backoff } from '../backoff.ts';
import type { Http } from '../wire/http.ts';
import { asRequestError } from '../wire/request-error.ts';
import type { RequestError } from '../wire/request-error.ts';
import type { Session } from '../wire/session.ts';
import type { ProfileAnswer, ProfileBody } from '../wire/visitor-api.ts';

type Entries = Record<string, unknown>;
type Event = NonNullable<ProfileBody['event']>;
type Page = NonNullable<ProfileBody['page']>;

export interface ProfileQueueParts {
  session: Session;
  http: Http;
  onRefused(error: RequestError): void;
  schedule(run: () => void, delayMs: number): void;
}

/** Calls in a row become one request. */
const gather = 150;
/** More than anybody asks for; the oldest make room. */
const mostEvents = 50;

/**
 * What the page says about its user, on its way to the desk: gathered, one value per key, tried until the desk has it.
 * Pages and facts alone don't make a session: they wait until there is one.
 */
export class ProfileQueue {
  readonly #parts: ProfileQueueParts;
  #about: ProfileBody = {};
  #events: Event[] = [];
  #pages: Page[] = [];
  /** Something that is worth a session of its own is among it. */
  #isUrgent = false;
  #isPlanned = false;
  #isRunning = false;
  #attempt = 0;

  constructor(parts: ProfileQueueParts) {
    this.#parts = parts;
  }

  /** Later values win, key by key; `null` as context clears all that was set before. */
  add({ event, page, traits, context, company, ...rest }: ProfileBody, isUrgent = true): void {
    const about = this.#about;
    if (rest.userId !== undefined && about.userId !== undefined && rest.userId !== about.userId) this.#about = {};
    this.#about = {
      ...this.#about, ...rest,
      ...(traits ? { traits: { ...this.#about.traits, ...traits } } : {}),
      ...(context === undefined ? {} : { context: context && { ...this.#about.context, ...context } }),
      ...(company ? { company: this.#company(company) } : {}),
    };
    if (event) this.#events = [...this.#events, event].slice(-mostEvents);
    if (page) this.#pages = [...this.#pages, page].slice(-5);
    this.#isUrgent ||= isUrgent;
    this.plan();
  }

  /** There is a session now, or there may be one. */
  plan(delayMs = gather): void {
    if (this.#isPlanned || this.#isRunning || !this.#isWorthIt) return;
    this.#isPlanned = true;
    this.#parts.schedule(() => {
      this.#isPlanned = false;
      void this.#run();
    }, delayMs);
  }

  clear(): void {
    this.#about = {};
    this.#events = [];
    this.#pages = [];
    this.#isUrgent = false;
  }

  get #isWorthIt(): boolean {
    const isThere = Object.keys(this.#about).length + this.#events.length + this.#pages.length > 0;
    return isThere && (this.#isUrgent || this.#parts.session.token !== null);
  }

  #company(company: NonNullable<ProfileBody['company']>): NonNullable<ProfileBody['company']> {
    const known = this.#about.company?.id === company.id ? this.#about.company.traits : undefined;
    const traits = known || company.traits ? { ...known, ...company.traits } : undefined;
    return { id: company.id, ...(traits ? { traits } : {}) };
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWorthIt) {
      const [about, event, page] = [this.#about, this.#events[0], this.#pages[0]];
      const isClearing = about.context === null;
      this.#about = {};
      this.#events = this.#events.slice(1);
      this.#pages = this.#pages.slice(1);
      try {
        await this.#send({ ...about, ...(event ? { event } : {}), ...(page ? { page } : {}) });
        this.#attempt = 0;
      } catch (error) {
        const problem = asRequestError(error);
        if (problem.isPassing) {
          this.#putBack(about, event, page, isClearing);
          this.#isRunning = false;
          this.#attempt += 1;
          return this.plan(Math.max(backoff(this.#attempt), (problem.retryAfter ?? 0) * 1_000));
        }
        this.#parts.onRefused(problem);
      }
    }
    this.#isUrgent = false;
    this.#isRunning = false;
  }

  async #send(body: ProfileBody): Promise<void> {
    const { session, http } = this.#parts;
    const token = await session.ensure();
    const { contact } = await http.call<ProfileAnswer>('POST', '/profile', body, token);
    if (session.token === token) session.know(contact);
  }

  /** What was said meanwhile is newer. */
  #putBack(about: ProfileBody, event: Event | undefined, page: Page | undefined, isClearing: boolean): void {
    const newer = this.#about;
    this.#about = {
      ...about, ...newer,
      ...(about.traits || newer.traits ? { traits: { ...about.traits, ...newer.traits } } : {}),
      ...(newer.context === undefined || isClearing ? {} : newer.context === null ? { context: null } : { context: { ...about.context, ...newer.context } as Entries }),
    };
    if (event) this.#events = [event, ...this.#events];
    if (page) this.#pages = [page, ...this.#pages];
  }
}
