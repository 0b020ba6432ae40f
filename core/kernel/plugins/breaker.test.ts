import { describe, expect, it } from 'vitest';
import { Breaker } from './breaker.ts';

function make() {
  const clock = { now: 1_000_000 };
  let degraded = 0;
  const breaker = new Breaker(() => clock.now, () => { degraded += 1; });
  const fail = (times: number): void => { for (let index = 0; index < times; index += 1) if (breaker.enter()) breaker.failure(); };
  return { clock, breaker, fail, degraded: () => degraded };
}

describe('Breaker', () => {
  it('opens after five failures within a minute, and lets one through after 30 s', () => {
    const { clock, breaker, fail } = make();
    fail(5);
    expect([breaker.state, breaker.enter()]).toEqual(['open', false]);
    clock.now += 30_000;
    expect(breaker.state).toBe('half-open');
    expect([breaker.enter(), breaker.enter()]).toEqual([true, false]);
    breaker.success();
    expect([breaker.state, breaker.enter()]).toEqual(['closed', true]);
  });

  it('stays closed when failures are a minute apart', () => {
    const { clock, breaker, fail } = make();
    for (let index = 0; index < 10; index += 1) {
      fail(1);
      clock.now += 20_000;
    }
    expect(breaker.state).toBe('closed');
  });

  it('tells once it opened three times within 15 minutes', () => {
    const { clock, breaker, fail, degraded } = make();
    fail(5);
    for (let trial = 0; trial < 2; trial += 1) {
      expect(degraded()).toBe(0);
      clock.now += 30_000;
      fail(1);
    }
    expect(breaker.state).toBe('open');
    expect(degraded()).toBe(1);
  });
});
