import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

const sweepMs = 50;

/** Connections that have not asked anything yet: browsers open some ahead, and Node does not count them as idle. */
export function unusedConnections(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  const use = ({ socket }: IncomingMessage) => { unused.delete(socket); };
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', use);
  server.on('upgrade', use);
  return unused;
}

/**
 * Takes no new connection and settles once the last one is closed: those without a request at once, the others when their
 * request is answered, and all of them after `graceMs`. Upgraded connections are closed by whoever upgraded them.
 */
export async function closeServer(server: Server, unused: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of unused) socket.destroy();
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
