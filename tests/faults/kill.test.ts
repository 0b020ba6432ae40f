import { afterEach, describe, expect, it } from 'vitest';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { checkHistory, readThread } from '../support/history.ts';
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
