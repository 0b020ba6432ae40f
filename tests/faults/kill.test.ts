import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { checkHistory, readThread } from '../support/history.ts';
import { ownerOf } from '../support/plugins.ts';
import { signInTo } from '../support/sign-in.ts';
import { Visitor } from '../support/visitor.ts';

let desk: DeskProcess | undefined;
const visitors: Visitor[] = [];

afterEach(async () => {
  for (const visitor of visitors.splice(0)) visitor.leave();
  await desk?.dispose();
  desk = undefined;
});

async function arrive(count: number, url: string): Promise<Visitor[]> {
  const arrived = await Promise.all(Array.from({ length: count }, () => Visitor.arrive(url)));
  visitors.push(...arrived);
  return arrived;
}

async function checkAll(running: DeskProcess, all: readonly Visitor[]): Promise<void> {
  const headers = await signInTo(running.url);
  for (const visitor of all) checkHistory(visitor, await readThread(running.url, headers, visitor.conversationId ?? ''));
}

/** What a customer's server says of its user. */
function signed(payload: Record<string, unknown>, secret: string): string {
  const text = [{ alg: 'HS256' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('kill -9', () => {
  it('at random moments during a thousand sends: what was acknowledged is stored once, in order', async () => {
    const running = desk = await spawnDesk();
    const all = await arrive(20, running.url);
    let isSending = true;
    const sending = Promise.all(all.map(async (visitor, index) => {
      for (let n = 1; n <= 50; n += 1) await visitor.send(`visitor ${index} message ${n}`);
    })).finally(() => { isSending = false; });
    const acked = () => all.reduce((sum, visitor) => sum + visitor.sent.filter((sent) => sent.acked).length, 0);
    let kills = 0;
    for (const mark of [60, 250, 480, 700, 900]) {
      while (isSending && acked() < mark) await new Promise((resolve) => setTimeout(resolve, 5));
      if (!isSending) break;
      await running.kill('SIGKILL');
      kills += 1;
      await running.start();
    }
    await sending;
    expect(kills).toBe(5);
    expect(acked()).toBe(1_000);
    await checkAll(running, all);
  }, 120_000);

  it('while people sign in in the middle of their conversation: each message stays, once, and two browsers become one person', async () => {
    const running = desk = await spawnDesk();
    const call = await ownerOf(running.url);
    const { data: [widget] } = (await call('GET', '/api/v1/widgets')).body as { data: { id: string }[] };
    const { secret } = (await call('POST', `/api/v1/widgets/${widget?.id ?? ''}/secret`, {})).body as { secret: string };
    const [people, each] = [6, 30];
    const all = await arrive(people * 2, running.url);
    let isSending = true;
    const sending = Promise.all(all.map(async (visitor, index) => {
      for (let n = 1; n <= each; n += 1) {
        // Every second one signs in between two messages, the others while one is on its way.
        const signIn = n === 10 + index ? visitor.signIn(signed({ user_id: `u_${index % people}`, email: `u${index % people}@example.com` }, secret)) : undefined;
        if (index % 2 === 0) await signIn;
        await Promise.all([signIn, visitor.send(`visitor ${index} message ${n}`)]);
      }
    })).finally(() => { isSending = false; });
    const acked = () => all.reduce((sum, visitor) => sum + visitor.sent.filter((sent) => sent.acked).length, 0);
    let kills = 0;
    for (const mark of [90, 150, 210, 270]) {
      while (isSending && acked() < mark) await new Promise((resolve) => setTimeout(resolve, 5));
      if (!isSending) break;
      await running.kill('SIGKILL');
      kills += 1;
      await running.start();
    }
    await sending;
    expect([kills, acked()]).toEqual([4, all.length * each]);
    await checkAll(running, all);
    const headers = await signInTo(running.url);
    const contacts = await Promise.all(all.map(async ({ conversationId }) =>
      (await (await fetch(`${running.url}/api/v1/conversations/${conversationId ?? ''}`, { headers })).json() as { contact: { id: string; kind: string; email: string } }).contact));
    for (let index = 0; index < people; index += 1) {
      expect(contacts[index]).toMatchObject({ kind: 'verified', email: `u${index}@example.com` });
      expect(contacts[index + people]?.id).toBe(contacts[index]?.id);
    }
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(people);
  }, 120_000);

  it.each(['after-insert-before-commit', 'after-commit-before-ack', 'after-ack-before-fanout'])('%s', async (point) => {
    const running = desk = await spawnDesk({ PLUGBOARD_FAULT: `${point}:4` });
    const [visitor] = await arrive(1, running.url) as [Visitor];
    const sending = (async () => { for (let n = 1; n <= 10; n += 1) await visitor.send(`message ${n}`); })();
    await running.exited();
    await running.start({ PLUGBOARD_FAULT: '' });
    await sending;
    await checkAll(running, [visitor]);
    expect(visitor.sent.every((sent) => sent.acked)).toBe(true);
  }, 60_000);
});
