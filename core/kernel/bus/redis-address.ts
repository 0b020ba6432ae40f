/** Where Redis is, and the prefix that keeps several desks on one Redis apart (`redis://host/0?prefix=desk2`). */
export interface RedisAddress { url: string; prefix: string }

export function parseRedisUrl(redisUrl: string): RedisAddress {
  const url = new URL(redisUrl);
  const prefix = url.searchParams.get('prefix') ?? 'plugboard';
  url.searchParams.delete('prefix');
  return { url: url.href, prefix };
}
