import type { EventHooks } from '@plugboard/sdk';
import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import type { OutboxEntry } from '../../kernel/outbox/outbox.ts';
import { system } from '../../kernel/policy/actor.ts';
import { findConversation, takeFromAssistant, type LoadedConversation, type SpeakerPayload } from '../conversations/index.ts';
import { loadActorByRowId } from '../operators/index.ts';
import { AnswerStream } from './answer-stream.ts';
import { answerSchema } from './answer.schema.ts';
import { accountAuthor } from './account-author.ts';
import { serves, type Assistants, type KnownAssistant } from './assistant-accounts.ts';
import { AssistantRun } from './assistant-run.model.ts';
import { claimTurn, leaseMs, type TurnRequest } from './claim-turn.ts';
import { countTurns, findRunOf, lastContactReply, selectHeld } from './run.queries.ts';
import { settleAnswer, settleFailure, settleInterrupted, settleLoss } from './settle-turn.ts';
import { askAssistant, TurnLost, turnMs, type RunningTurn } from './turn.ts';
import type { TurnTools } from './turn-tools.ts';

const job = 'assistant.turn';
const releaseJob = 'assistant.release';
/** A plugin that comes back at once keeps its conversations. */
const releaseAfterMs = 5_000;
const batch = 100;
const turnsPerHour = 20;
const renewMs = 10_000;

/** Gives turns to assistants and sees to what comes of them. */
export class AssistantEngine {
  readonly #kernel: Kernel;
  readonly #assistants: Assistants;
  readonly #tools: TurnTools;
  /** Turns that run in this process, by conversation. */
  readonly #running = new Map<string, RunningTurn>();

  constructor(kernel: Kernel, assistants: Assistants, tools: TurnTools) {
    this.#kernel = kernel;
    this.#assistants = assistants;
    this.#tools = tools;
  }

  start(): void {
    this.#kernel.jobs.define<TurnRequest>(job, ({ data, signal }) => this.#take(data, signal), { attempts: 3, timeoutMs: turnMs + 30_000, concurrency: 8 });
    this.#kernel.outbox.onEvent((entry) => this.#heard(entry));
    this.#kernel.jobs.define<{ pluginId: string }>(releaseJob, ({ data }) => this.#releaseAll(data.pluginId));
    this.#kernel.jobs.schedule('assistant.sweep', '* * * * *', () => this.sweep());
  }

  /** A person called the assistant: it speaks to what the contact wrote last, if that waits for an answer. */
  async call(conversation: LoadedConversation): Promise<void> {
    const last = await lastContactReply(this.#kernel.db.knex, conversation.id);
    if (last && conversation.snippet_author === 'contact') await this.#request({ conversationId: conversation.uid, seq: last.seq, calledAt: conversation.speaker_epoch });
  }

  /** Somebody else speaks in a conversation, said by whichever process it happened in. */
  speakerChanged({ conversationId, epoch }: SpeakerPayload): void {
    const turn = this.#running.get(conversationId);
    if (turn && turn.run.epoch < epoch) turn.controller.abort(new TurnLost());
  }

  /** Turns whose process is gone: people go on. */
  async sweep(): Promise<void> {
    const ctx = createActionContext(this.#kernel, system);
    const lost = await AssistantRun.query(ctx.db).where({ status: 'running' }).where('lease_until', '<', Date.now()).limit(100);
    for (const run of lost) await settleInterrupted(ctx, run, await accountAuthor(ctx.db, run.operator_id));
  }

  /** An assistant is not there any more: what it looked after goes to people. */
  async release(conversation: LoadedConversation): Promise<void> {
    const ctx = createActionContext(this.#kernel, system);
    await takeFromAssistant(ctx, conversation.id, await accountAuthor(ctx.db, conversation.assistant_id), { reason: 'stopped' });
  }

  async #heard({ name, payload }: OutboxEntry): Promise<void> {
    if (name === 'plugin.activated') this.#assistants.forget();
    if (name === 'plugin.deactivated') {
      const { pluginId } = payload as unknown as EventHooks['plugin.deactivated'];
      this.#assistants.forget();
      await this.#kernel.jobs.add(releaseJob, { pluginId }, { id: `${releaseJob}:${pluginId}`, delayMs: releaseAfterMs });
    }
    if (name === 'conversation.replied') {
      const { conversation, seq, authorType } = payload as unknown as EventHooks['conversation.replied'];
      if (authorType === 'contact') await this.#request({ conversationId: conversation.id, seq });
    }
    if (name === 'conversation.status-changed') {
      // Closing cut short what it was writing: opened again by a person, the question is there again.
      const { conversation: { id }, from, to } = payload as unknown as EventHooks['conversation.status-changed'];
      const conversation = (from === 'closed' || from === 'resolved') && to === 'open' ? await findConversation(this.#kernel.db.knex, id) : undefined;
      if (conversation?.ai_state === 'active') await this.call(conversation);
    }
    if (name === 'conversation.assigned') {
      const { conversation: { id }, addedIds } = payload as unknown as EventHooks['conversation.assigned'];
      const conversation = addedIds.length > 0 ? await findConversation(this.#kernel.db.knex, id) : undefined;
      if (conversation?.ai_state === 'active') await this.call(conversation);
    }
  }

  /** What the assistants of a plugin that was switched off looked after. */
  async #releaseAll(pluginId: string): Promise<void> {
    const { knex } = this.#kernel.db;
    const there = new Set((await this.#assistants.list()).map(({ operator }) => operator.id));
    const accounts = await knex<{ id: number; assistant_key: string }>('operators').where('assistant_key', 'like', `${pluginId}:%`).select('id');
    const gone = accounts.map(({ id }) => id).filter((id) => !there.has(id));
    for (const id of gone) {
      for (let rest = await selectHeld(knex, id, batch); rest.length > 0; rest = await selectHeld(knex, id, batch)) {
        for (const uid of rest) {
          const conversation = await findConversation(knex, uid);
          if (conversation) await this.release(conversation);
        }
      }
    }
  }

  async #request(request: TurnRequest): Promise<void> {
    const conversation = await findConversation(this.#kernel.db.knex, request.conversationId);
    if (!conversation || conversation.assistant_id === null || conversation.ai_state === 'paused') return;
    if (conversation.ai_state === 'off' && (await this.#assistants.byOperator(conversation.assistant_id))?.account.mode !== 'suggest') return;
    await this.#kernel.jobs.add(job, request, { id: `${job}:${request.conversationId}:${request.seq}:${request.calledAt ?? ''}` });
  }

  async #take(request: TurnRequest, signal: AbortSignal): Promise<void> {
    const found = await findConversation(this.#kernel.db.knex, request.conversationId);
    if (!found || found.assistant_id === null || found.ai_state === 'paused' || found.is_spam === 1) return;
    const ctx = createActionContext(this.#kernel, await this.#actor(found));
    if (await this.#wasInterrupted(ctx, found, request)) return;
    const known = await this.#assistants.byOperator(found.assistant_id);
    const mode = known && serves(known, found.brand_uid) ? known.account.mode : 'off';
    if (found.ai_state === 'active' && mode !== 'answer') return this.release(found);
    if (!known || (found.ai_state === 'off' && mode !== 'suggest')) return;
    if (await countTurns(ctx.db, found.contact_id, Date.now()) >= turnsPerHour) {
      if (found.ai_state === 'active') await takeFromAssistant(ctx, found.id, await accountAuthor(ctx.db, found.assistant_id), { reason: 'limit' });
      return;
    }
    const run = await claimTurn(ctx, found, known, request);
    if (run) await this.#run(ctx, { run, conversation: found, known }, signal);
  }

  /** The job comes again after a crash: the turn it had begun is over, and is not run a second time. */
  async #wasInterrupted(ctx: ActionContext, conversation: LoadedConversation, { seq, calledAt }: TurnRequest): Promise<boolean> {
    const run = await findRunOf(ctx.db, conversation.id, seq);
    if (run?.status !== 'running' || (calledAt !== undefined && run.epoch <= calledAt)) return false;
    if (run.lease_until < Date.now()) await settleInterrupted(ctx, run, await accountAuthor(ctx.db, run.operator_id));
    return true;
  }

  async #run(ctx: ActionContext, begun: { run: AssistantRun; conversation: LoadedConversation; known: KnownAssistant }, signal: AbortSignal): Promise<void> {
    const { run, conversation, known } = begun;
    const controller = new AbortController();
    const onAbort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const stream = new AnswerStream(this.#kernel, conversation, { uid: run.uid, author: known.operator, isSilent: run.mode === 'suggest' });
    const turn: RunningTurn = { ...begun, stream, controller, tools: this.#tools };
    this.#running.get(conversation.uid)?.controller.abort(new TurnLost());
    this.#running.set(conversation.uid, turn);
    const renewal = setInterval(() => void this.#renew(run), renewMs).unref();
    stream.begin();
    let messageId: string | null = null;
    try {
      messageId = await settleAnswer(ctx, turn, answerSchema.parse(await askAssistant(ctx, turn)));
    } catch (error) {
      if (error instanceof TurnLost || controller.signal.reason instanceof TurnLost) await settleLoss(ctx, turn);
      else {
        ctx.log.warn({ err: error, plugin: known.pluginId, run: run.uid }, 'an assistant failed; a person goes on');
        await settleFailure(ctx, turn, error);
      }
    } finally {
      clearInterval(renewal);
      signal.removeEventListener('abort', onAbort);
      if (this.#running.get(conversation.uid) === turn) this.#running.delete(conversation.uid);
      stream.end(messageId);
    }
  }

  async #renew(run: AssistantRun): Promise<void> {
    await AssistantRun.query(this.#kernel.db.knex).where({ id: run.id, status: 'running' }).patch({ lease_until: Date.now() + leaseMs })
      .catch((error: unknown) => this.#kernel.log.warn({ err: error, run: run.uid }, 'the lease of a turn was not renewed'));
  }

  async #actor(conversation: LoadedConversation) {
    return conversation.assistant_id === null ? system : await loadActorByRowId(this.#kernel, conversation.assistant_id) ?? system;
  }
}
