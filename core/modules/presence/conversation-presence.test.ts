import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bus } from '../../kernel/bus/bus.ts';
import { createLocalBus } from '../../kernel/bus/create-bus.ts';
import { createLog } from '../../kernel/log/log.ts';
import type { OperatorSocket } from '../../kernel/realtime/realtime.ts';
import { ConversationPresence } from './conversation-presence.ts';

const socket = (id: string, operatorId = id): OperatorSocket => ({
  id,
  actor: { type: 'operator', id: operatorId, rowId: 1, name: operatorId, permissions: new Set(), scope: 'all', brandIds: 'all', departmentIds: new Set(), sessionId: null },
});

describe('ConversationPresence', () => {
  let bus: Bus;
  let here: ConversationPresence;
  let there: ConversationPresence;
  const changes: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    bus = createLocalBus(createLog({ level: 'silent', isPretty: false }));
    here = new ConversationPresence(bus, 'one', (id) => changes.push(id));
    there = new ConversationPresence(bus, 'two', () => {});
  });
  afterEach(async () => {
    here.stop();
    there.stop();
    await bus.close();
    vi.useRealTimers();
  });

  it('shows one entry per operator, on every process', async () => {
    await here.watch('c', socket('tab1', 'grace'));
    await here.watch('c', socket('tab2', 'grace'));
    await there.watch('c', socket('tab3', 'hedy'));
    await vi.advanceTimersByTimeAsync(0);
    for (const presence of [here, there]) expect(presence.operators('c').map(({ operatorId }) => operatorId).sort()).toEqual(['grace', 'hedy']);
    here.gone('tab1');
    expect(here.operators('c')).toHaveLength(2);
    here.gone('tab2');
    await vi.advanceTimersByTimeAsync(0);
    expect(there.operators('c').map(({ operatorId }) => operatorId)).toEqual(['hedy']);
  });

  it('ends typing by itself', async () => {
    await here.typing('c', socket('tab1'), true, 'reply');
    expect(here.operators('c')).toMatchObject([{ isTyping: true, kind: 'reply' }]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(here.operators('c')).toMatchObject([{ isTyping: false, kind: null }]);
    expect(changes).toContain('c');
  });

  it('forgets a process that went silent', async () => {
    await there.watch('c', socket('tab1'));
    await vi.advanceTimersByTimeAsync(0);
    expect(here.operators('c')).toHaveLength(1);
    there.stop();
    await vi.advanceTimersByTimeAsync(61_000);
    expect(here.operators('c')).toEqual([]);
  });
});
