import type { Bus } from '../../kernel/bus/bus.ts';
import type { OperatorSocket } from '../../kernel/realtime/realtime.ts';
import type { PresenceEntry } from '../../shared/realtime.ts';

export const presenceTopic = 'presence:conversation';
const beatMs = 15_000;
const expiresMs = 45_000;
const typingMs = 6_000;

interface Looker { entry: PresenceEntry; stopTyping: NodeJS.Timeout | null }
interface Announcement { process: string; conversationId: string; operators: PresenceEntry[] }
interface Heard { operators: PresenceEntry[]; expires: number }

/**
 * Who looks at a conversation and who types in it. Each process knows its own sockets and tells the others over the bus,
 * again and again, so that a process that goes silent is forgotten. `onChange` runs in every process.
 */
export class ConversationPresence {
  readonly #bus: Bus;
  readonly #process: string;
  readonly #local = new Map<string, Map<string, Looker>>();
  readonly #heard = new Map<string, Map<string, Heard>>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  readonly #onChange: (conversationId: string) => void;

  constructor(bus: Bus, process: string, onChange: (conversationId: string) => void) {
    this.#bus = bus;
    this.#process = process;
    this.#onChange = onChange;
    this.#unsubscribe = bus.subscribe(presenceTopic, (message) => {
      if ((message as Announcement).process !== process) this.#hear(message as Announcement);
    });
    this.#timer = setInterval(() => this.#beat(), beatMs).unref();
  }

  /** One entry per operator, however many tabs; typing wins over looking. */
  operators(conversationId: string): PresenceEntry[] {
    const byOperator = new Map<string, PresenceEntry>();
    for (const { operators, expires } of this.#heard.get(conversationId)?.values() ?? []) {
      if (expires < Date.now()) continue;
      for (const entry of operators) if (!byOperator.get(entry.operatorId)?.isTyping) byOperator.set(entry.operatorId, entry);
    }
    return [...byOperator.values()];
  }

  watch(conversationId: string, socket: OperatorSocket): Promise<void> {
    this.#looker(conversationId, socket);
    return this.#announce(conversationId);
  }

  async unwatch(conversationId: string, socketId: string): Promise<void> {
    const lookers = this.#local.get(conversationId);
    const looker = lookers?.get(socketId);
    if (!lookers || !looker) return;
    if (looker.stopTyping) clearTimeout(looker.stopTyping);
    lookers.delete(socketId);
    if (lookers.size === 0) this.#local.delete(conversationId);
    await this.#announce(conversationId);
  }

  typing(conversationId: string, socket: OperatorSocket, isTyping: boolean, kind: 'reply' | 'note'): Promise<void> {
    const looker = this.#looker(conversationId, socket);
    if (looker.stopTyping) clearTimeout(looker.stopTyping);
    looker.entry = { ...looker.entry, isTyping, kind: isTyping ? kind : null };
    looker.stopTyping = isTyping ? setTimeout(() => { void this.typing(conversationId, socket, false, kind); }, typingMs).unref() : null;
    return this.#announce(conversationId);
  }

  gone(socketId: string): void {
    for (const [conversationId, lookers] of this.#local) if (lookers.has(socketId)) void this.unwatch(conversationId, socketId);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const lookers of this.#local.values()) for (const { stopTyping } of lookers.values()) if (stopTyping) clearTimeout(stopTyping);
    this.#unsubscribe();
  }

  #looker(conversationId: string, socket: OperatorSocket): Looker {
    const lookers = this.#local.get(conversationId) ?? new Map<string, Looker>();
    this.#local.set(conversationId, lookers);
    const looker = lookers.get(socket.id) ?? { entry: { operatorId: socket.actor.id, name: socket.actor.name, isTyping: false, kind: null }, stopTyping: null };
    lookers.set(socket.id, looker);
    return looker;
  }

  async #announce(conversationId: string): Promise<void> {
    const operators = [...this.#local.get(conversationId)?.values() ?? []].map(({ entry }) => entry);
    const announcement: Announcement = { process: this.#process, conversationId, operators };
    this.#hear(announcement);
    await this.#bus.publish(presenceTopic, announcement);
  }

  #hear({ process, conversationId, operators }: Announcement): void {
    const before = JSON.stringify(this.operators(conversationId));
    const processes = this.#heard.get(conversationId) ?? new Map<string, Heard>();
    if (operators.length > 0) processes.set(process, { operators, expires: Date.now() + expiresMs });
    else processes.delete(process);
    if (processes.size > 0) this.#heard.set(conversationId, processes);
    else this.#heard.delete(conversationId);
    if (JSON.stringify(this.operators(conversationId)) !== before) this.#onChange(conversationId);
  }

  #beat(): void {
    for (const conversationId of this.#local.keys()) void this.#announce(conversationId);
    const now = Date.now();
    for (const [conversationId, processes] of this.#heard) {
      const silent = [...processes].filter(([, { expires }]) => expires < now).map(([process]) => process);
      for (const process of silent) processes.delete(process);
      if (processes.size === 0) this.#heard.delete(conversationId);
      if (silent.length > 0) this.#onChange(conversationId);
    }
  }
}
