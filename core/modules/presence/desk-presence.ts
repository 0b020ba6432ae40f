import type { Bus } from '../../kernel/bus/bus.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';

const topic = 'presence:desk';
const beatMs = 10_000;
const expiresMs = 35_000;

type BrandIds = 'all' | number[];
interface Announcement { process: string; brandIds: BrandIds }

/** For which brands somebody is at the desk, on any process: this one's sockets are read, the others tell of theirs. */
export class DeskPresence {
  readonly #bus: Bus;
  readonly #process: string;
  readonly #online: () => OperatorActor[];
  readonly #others = new Map<string, { brandIds: BrandIds; expires: number }>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor(bus: Bus, process: string, online: () => OperatorActor[]) {
    this.#bus = bus;
    this.#process = process;
    this.#online = online;
    this.#unsubscribe = bus.subscribe(topic, (message) => {
      const { process: name, brandIds } = message as Announcement;
      if (name !== process) this.#others.set(name, { brandIds, expires: Date.now() + expiresMs });
    });
    this.#timer = setInterval(() => { void this.#announce(); }, beatMs).unref();
  }

  isOnline(brandId: number): boolean {
    const serves = (brandIds: BrandIds): boolean => brandIds === 'all' || brandIds.includes(brandId);
    if (serves(this.#brands())) return true;
    return [...this.#others.values()].some(({ brandIds, expires }) => expires > Date.now() && serves(brandIds));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  /** Assistants are always there and nobody's sign that people are. */
  #brands(): BrandIds {
    const people = this.#online().filter(({ type }) => type === 'operator');
    if (people.some(({ brandIds }) => brandIds === 'all')) return 'all';
    return [...new Set(people.flatMap(({ brandIds }) => brandIds === 'all' ? [] : [...brandIds]))];
  }

  #announce(): Promise<void> {
    return this.#bus.publish(topic, { process: this.#process, brandIds: this.#brands() } satisfies Announcement);
  }
}
