import type { Config } from '../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Bus } from './bus.ts';
import { Topics } from './topics.ts';

/** Redis pub/sub when REDIS_URL is set, else within this process. What is not used is not loaded. */
export async function createBus({ config, log }: { config: Pick<Config, 'redisUrl'>; log: Log }): Promise<Bus> {
  if (!config.redisUrl) return createLocalBus(log);
  const { createRedisBus } = await import('./redis-bus.ts');
  return createRedisBus(config.redisUrl, log);
}

/** Hints within this process only. */
export function createLocalBus(log: Log): Bus {
  const topics = new Topics(log);
  return {
    async publish(topic, payload) {
      // What a handler gets is its own copy, as it is with Redis.
      const copy: unknown = JSON.parse(JSON.stringify(payload ?? null));
      setImmediate(() => topics.deliver(topic, copy));
    },
    subscribe: (topic, handler) => topics.add(topic, handler),
    isConnected: true,
    close: () => Promise.resolve(),
  };
}
