import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startMariaDb, startRedis, type TestServer } from './servers.ts';

declare module 'vitest' {
  export interface ProvidedContext { serverBroker: string }
}

const starters: Record<string, () => Promise<TestServer>> = { '/mariadb': startMariaDb, '/redis': startRedis };

/**
 * One MariaDB and one Redis for a whole run, started when the first test asks for them: the test
 * processes reach this broker over HTTP and get the server's address.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Map<string, Promise<TestServer>>();
  const broker = createServer((request, response) => {
    const path = request.url ?? '';
    const start = starters[path];
    if (!start) return response.writeHead(404).end();
    const server = servers.get(path) ?? start();
    servers.set(path, server);
    server.then(({ url }) => response.end(url), (error: unknown) => response.writeHead(500).end(String(error)));
    return response;
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => broker.once('listening', resolve));
  project.provide('serverBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    for (const server of await Promise.allSettled(servers.values())) {
      if (server.status === 'fulfilled') await server.value.stop();
    }
  };
}
