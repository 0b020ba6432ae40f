import type { Knex } from 'knex';
import { afterAll, beforeAll, describe } from 'vitest';
import { newId } from '../../core/kernel/ids.ts';
import type { OperatorDto, RoleDto } from '../../core/shared/people.ts';
import type { Engine } from './databases.ts';
import { startDesk, type TestDesk } from './desk.ts';

// Answers are read loosely here: each test says what it expects of them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Answer { status: number; headers: Headers; body: any }

/** Somebody who calls the API, with what makes them known. */
export class Caller {
  readonly url: string;
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.headers = headers;
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...this.headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) as unknown : null };
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown = {}) => this.send('POST', path, body);
  patch = (path: string, body: unknown) => this.send('PATCH', path, body);
  delete = (path: string) => this.send('DELETE', path);
}

export const password = 'a long enough password';

/** A desk with its first owner, and a way to add more people. */
export class PeopleDesk {
  readonly desk: TestDesk;
  readonly owner: Caller;
  #count = 0;

  constructor(desk: TestDesk, owner: Caller) {
    this.desk = desk;
    this.owner = owner;
  }

  get nobody(): Caller { return new Caller(this.desk.url); }

  async roleId(key: string): Promise<string> {
    const { body } = await this.owner.get('/roles');
    const role = (body.data as RoleDto[]).find((candidate) => candidate.key === key);
    if (!role) throw new Error(`no role ${key}`);
    return role.id;
  }

  /** Takes somebody on and signs them in. */
  async person(roleKey: string, over: Record<string, unknown> = {}): Promise<{ id: string; email: string; caller: Caller }> {
    this.#count += 1;
    const email = `person${this.#count}@desk.test`;
    const made = await this.owner.post('/operators', { name: `Person ${this.#count}`, email, password, roleId: await this.roleId(roleKey), ...over });
    if (made.status !== 201) throw new Error(`the operator was not made: ${JSON.stringify(made.body)}`);
    return { id: (made.body as OperatorDto).id, email, caller: await this.signIn(email) };
  }

  async signIn(email: string): Promise<Caller> {
    return new Caller(this.desk.url, await this.desk.signIn({ email, password }));
  }
}

/** Runs a suite against a whole desk on each database. `open` answers the same desk throughout the suite. */
export function forEachDesk(name: string, suite: (open: () => PeopleDesk, engine: Engine) => void, env: Record<string, string> = {}): void {
  describe.each(['sqlite', 'mariadb'] as const)(`${name} on %s`, (engine) => {
    let people: PeopleDesk | undefined;
    beforeAll(async () => {
      const desk = await startDesk({ database: engine, env });
      people = new PeopleDesk(desk, new Caller(desk.url, await desk.signIn()));
    });
    afterAll(() => people?.desk.stop());
    suite(() => {
      if (!people) throw new Error('the desk has not started');
      return people;
    }, engine);
  });
}

/** A contact of a brand, straight into the table. Answers its row id. */
export async function storeContact(knex: Knex, brandId: number): Promise<number> {
  const uid = newId();
  await knex('contacts').insert({ uid, kind: 'anonymous', brand_id: brandId, created_at: 1, updated_at: 1 });
  return ((await knex('contacts').where({ uid }).first('id')) as { id: number }).id;
}

/** A conversation in a department, straight into the table. */
export async function storeConversation(knex: Knex, brandId: number, departmentId: number): Promise<void> {
  await knex('conversations').insert({
    uid: newId(), brand_id: brandId, channel: 'chat', department_id: departmentId, contact_id: await storeContact(knex, brandId), status: 'open', priority: 'normal',
    bucket: 0, waiting_key: 0, last_message_at: 1, assignees: '[]', tags: '[]', snippet: '', snippet_author: 'system', snippet_name: '', meta: '{}', created_at: 1, updated_at: 1,
  });
}
