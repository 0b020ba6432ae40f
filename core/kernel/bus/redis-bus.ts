import { Redis } from 'ioredis';
import { newId } from '../ids.ts';
import type { Log } from '../log/log.ts';
import type { Bus } from './bus.ts';
import { parseRedisUrl } from './redis-address.ts';
import { Topics } from './topics.ts';

/**
 * Hints over one Redis channel. This process hears its own hints directly, so they arrive without Redis too;
 * those for others are dropped while it is away.
 */
export function createRedisBus(redisUrl: string, log: Log): Bus {
  const { url, prefix } = parseRedisUrl(redisUrl);
  const channel = `${prefix}:bus`;
  const origin = newId();
  const topics = new Topics(log);
  const publisher = connect(url, log);
  const subscriber = connect(url, log);
  subscriber.on('message', (_channel: string, text: string) => {
    const [from, topic, payload] = JSON.parse(text) as [string, string, unknown];
    if (from !== origin) topics.deliver(topic, payload);
  });
  let isSubscribed = false;
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(() => { isSubscribed = true; }, () => undefined);
  });
  subscriber.on('close', () => { isSubscribed = false; });
  return {
    async publish(topic, payload) {
      const text = JSON.stringify([origin, topic, payload ?? null]);
      setImmediate(() => topics.deliver(topic, (JSON.parse(text) as unknown[])[2]));
      if (publisher.status === 'ready') await publisher.publish(channel, text).catch(() => undefined);
    },
    subscribe: (topic, handler) => topics.add(topic, handler),
    get isConnected() {
      return isSubscribed && publisher.status === 'ready';
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** A connection that comes back by itself and whose errors never reach the process. */
function connect(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ err: error }, 'Redis is away; hints reach only this process until it is back');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back');
    isAway = false;
  });
  return redis;
}
