import type { WebhookReceiver } from '@plugboard/sdk';
import type { Context } from 'koa';
import type { Database } from '../db/database.ts';
import { isUniqueViolation } from '../db/database-errors.ts';
import { AppError, notFound } from '../errors.ts';
import { readRaw } from '../http/body.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { PluginInstance } from './plugin-instance.ts';

export type BoundWebhook = WebhookReceiver;

const maxBytes = 1024 * 1024;
const verifyMs = 5_000;
const handleMs = 60_000;
const keptMs = 30 * 24 * 60 * 60_000;
const purpose = 'webhook';

interface EventRow { id: number; event_id: string; headers: string | null; body: string | null }
export const webhookJob = (pluginId: string, receiver: string): string => `plugin:${pluginId}:webhook:${receiver}`;
const caller = { type: 'nobody' as const, id: null };

/** `/hooks/<plugin>/<name>/<token>`: verified, stored once by the sender's own event id, answered 202, then handled as a job. */
export class Webhooks {
  readonly #db: Database;
  readonly #jobs: Jobs;
  readonly #secrets: Secrets;
  readonly #publicUrl: () => string;

  constructor(deps: { db: Database; jobs: Jobs; secrets: Secrets; publicUrl(): string }) {
    this.#db = deps.db;
    this.#jobs = deps.jobs;
    this.#secrets = deps.secrets;
    this.#publicUrl = deps.publicUrl;
  }

  /** Address to give to the sender. Its token is known to this desk and the sender only. */
  url(pluginId: string, receiver: string): string {
    return `${this.#publicUrl()}/hooks/${pluginId}/${receiver}/${this.#token(pluginId, receiver)}`;
  }

  /** True when the token is the one of this receiver; asked before anything is said about the plugin. */
  isAddress(pluginId: string, receiver: string, token: string): boolean {
    return token.length === 64 && this.#secrets.verify(purpose, `${pluginId}/${receiver}`, token);
  }

  async receive(instance: PluginInstance, receiver: string, ctx: Context): Promise<void> {
    const hook = instance.webhooks.get(receiver);
    if (!hook) throw notFound('webhook');
    const rawBody = await readRaw(ctx.req, maxBytes);
    const request = { headers: plainHeaders(ctx.headers), rawBody: new Uint8Array(rawBody) };
    const point = `webhook ${receiver}`;
    const isGenuine = await instance.call({ point, stage: 'webhook', timeoutMs: verifyMs, hasBreaker: false }, (signal) => hook.verify(request, { signal, actor: caller, locale: 'en' }));
    if (isGenuine !== true) throw new AppError(401, 'webhook_refused');
    const eventId = await instance.call({ point, stage: 'webhook', timeoutMs: verifyMs, hasBreaker: false }, () => hook.eventId(request));
    if (typeof eventId !== 'string' || eventId === '' || eventId.length > 200) throw new AppError(400, 'invalid', { errors: [{ path: '', code: 'event_id', message: 'the event has no id' }] });
    const isNew = await this.#keep(instance.id, receiver, eventId, request);
    ctx.status = 202;
    ctx.body = { received: true, repeated: !isNew };
  }

  /** Registers the job that hands stored events to the plugin. Answers what takes it away. */
  bind(instance: PluginInstance, hook: WebhookReceiver): () => Promise<void> {
    return this.#jobs.define<{ eventId: string }>(webhookJob(instance.id, hook.id), async (job) => {
      const row = await this.#db.knex<EventRow & { plugin_id: string; receiver: string }>('plugin_webhook_events')
        .where({ plugin_id: instance.id, receiver: hook.id, event_id: job.data.eventId }).first();
      if (!row || row.body === null) return;
      const event = { id: row.event_id, headers: JSON.parse(row.headers ?? '{}') as Record<string, string>, rawBody: new Uint8Array(Buffer.from(row.body, 'base64')) };
      await instance.call({ point: `webhook ${hook.id}`, stage: 'webhook', timeoutMs: handleMs, hasBreaker: false, signal: job.signal },
        (signal) => hook.handle(event, { signal, actor: caller, locale: 'en' }));
      await this.#db.knex('plugin_webhook_events').where({ id: row.id }).update({ body: null, headers: null });
      await this.#db.knex('plugin_webhook_events').where('received_at', '<', Date.now() - keptMs).delete();
    }, { timeoutMs: handleMs + 5_000 });
  }

  async #keep(pluginId: string, receiver: string, eventId: string, request: { headers: Record<string, string>; rawBody: Uint8Array }): Promise<boolean> {
    const row = { plugin_id: pluginId, receiver, event_id: eventId, headers: JSON.stringify(request.headers), body: Buffer.from(request.rawBody).toString('base64'), received_at: Date.now() };
    try {
      await this.#db.transaction(async (trx) => {
        await trx('plugin_webhook_events').insert(row);
        await this.#jobs.add(webhookJob(pluginId, receiver), { eventId }, { id: `webhook:${pluginId}:${receiver}:${eventId}`, trx });
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  #token(pluginId: string, receiver: string): string {
    return this.#secrets.sign(purpose, `${pluginId}/${receiver}`);
  }
}

/** Headers with one value each. Cookies and our own credentials are none of a sender's. */
function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'cookie') continue;
    plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
