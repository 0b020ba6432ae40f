import { createHmac } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { eventually } from '../../../tests/support/databases.ts';
import type { Engine } from '../../../tests/support/databases.ts';
import { startDesk } from '../../../tests/support/desk.ts';
import type { TestDesk } from '../../../tests/support/desk.ts';
import { Postbox } from '../../../tests/support/postbox.ts';
import type { SessionDto } from '../../../widget/app/wire/visitor-api.ts';
import type { ChangeWidget, WidgetDto } from '../server/widget.schema.ts';

export interface Answer<T = Record<string, unknown>> { status: number; body: T; headers: Headers }
type Mail = Email & { address: string };

const base64url = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token by hand, so that it can be wrong in every way. */
export function sign(payload: unknown, secret: string | Buffer, { header = { alg: 'HS256', typ: 'JWT' } as Record<string, unknown>, hash = 'sha256' } = {}): string {
  const text = `${base64url(header)}.${base64url(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

export const seconds = (offset = 0): number => Math.floor(Date.now() / 1_000) + offset;

/** A desk with the chat on, a real mailbox server, and what visitors, pages and admins ask of it. */
export class VisitorDesk {
  readonly desk: TestDesk;
  readonly postbox: Postbox;
  readonly admin: Record<string, string>;
  readonly #parsed = new Map<string, Mail>();

  private constructor(desk: TestDesk, postbox: Postbox, admin: Record<string, string>) {
    this.desk = desk;
    this.postbox = postbox;
    this.admin = admin;
  }

  static async start(options: { database?: Engine; env?: Record<string, string> } = {}): Promise<VisitorDesk> {
    const postbox = new Postbox();
    const smtp = await postbox.open();
    const desk = await startDesk({ ...options, env: { PLUGBOARD_PLUGINS: 'chat', SMTP_URL: smtp, ...options.env } });
    return new VisitorDesk(desk, postbox, await desk.signIn());
  }

  async stop(): Promise<void> {
    await this.desk.stop();
    await this.postbox.close();
  }

  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.desk.url}${path}`, {
      method, redirect: 'manual', headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  asAdmin<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>> { return this.call<T>(method, path, body, this.admin); }

  session(body: Record<string, unknown> = {}, { slug = 'website', headers = {} as Record<string, string> } = {}): Promise<Answer<SessionDto & { code?: string; reason?: string }>> {
    return this.call('POST', `/widget/${slug}/session`, body, headers);
  }

  /** What a visitor with a session asks below the widget's address. */
  as<T = Record<string, unknown>>(token: string, method: string, path: string, body?: unknown, slug = 'website'): Promise<Answer<T>> {
    return this.call<T>(method, `/widget/${slug}${path}`, body, { Authorization: `Bearer ${token}` });
  }

  async widget(slug = 'website'): Promise<WidgetDto> {
    const { body } = await this.asAdmin<{ data: WidgetDto[] }>('GET', '/api/v1/widgets');
    const widget = body.data.find((one) => one.slug === slug);
    if (!widget) throw new Error(`no widget ${slug}`);
    return widget;
  }

  async change(change: ChangeWidget, slug = 'website'): Promise<void> {
    const answer = await this.asAdmin('PATCH', `/api/v1/widgets/${(await this.widget(slug)).id}`, change);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }

  async secret(slug = 'website', graceHours = 0): Promise<string> {
    const answer = await this.asAdmin<{ secret: string }>('POST', `/api/v1/widgets/${(await this.widget(slug)).id}/secret`, { graceHours });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.secret;
  }

  /** Every mail so far to an address, the oldest first. */
  async mails(address: string): Promise<Mail[]> {
    for (const { raw, to } of this.postbox.received) {
      if (!this.#parsed.has(raw)) this.#parsed.set(raw, Object.assign(await PostalMime.parse(raw), { address: to[0] ?? '' }));
    }
    return [...this.#parsed.values()].filter((mail) => mail.address === address);
  }

  async mail(address: string, count = 1): Promise<Mail> {
    await eventually(`mail ${count} to ${address}`, async () => (await this.mails(address)).length >= count);
    const mail = (await this.mails(address))[count - 1];
    if (!mail) throw new Error('no mail');
    return mail;
  }

  /** The digits of the newest code that an address got, once there are `count`. */
  async code(address: string, count = 1): Promise<string> {
    const { subject } = await this.mail(address, count);
    const [code] = /\d{6}/.exec(subject ?? '') ?? [];
    if (!code) throw new Error(`no code in ${subject}`);
    return code;
  }

  /** A session whose address was proved by a code. */
  async proved(email: string, name = 'Lina'): Promise<SessionDto> {
    const { body: { token } } = await this.session();
    const before = (await this.mails(email)).length;
    const details = await this.as(token, 'POST', '/details', { name, email });
    if (details.status !== 200) throw new Error(JSON.stringify(details.body));
    const { body } = await this.as<SessionDto>(token, 'POST', '/codes/confirm', { email, code: await this.code(email, before + 1) });
    return body;
  }

  /** Nothing is left to do now: no event, no job that is due, no mail on its way. */
  async settled(): Promise<void> {
    const { knex } = this.desk.kernel.db;
    const count = async (query: { count(column: object): Promise<unknown> }) => Number((await query.count({ rows: '*' }) as { rows: number }[])[0]?.rows);
    await eventually('nothing is left to do', async () => await count(knex('outbox')) === 0
      && await count(knex('jobs').whereNull('failed_at').where((due) => due.where('available_at', '<=', Date.now() + 1_000).orWhereNotNull('claim_token'))) === 0
      && await count(knex('mail_log').where({ status: 'queued' })) === 0);
  }
}
