import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { closeServer, unusedConnections } from './close-server.ts';

const longer = 60_000;

async function serving(listener: RequestListener) {
  const server = createServer(listener);
  const unused = unusedConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/`, close: (graceMs: number) => closeServer(server, unused, graceMs), server };
}

it('does not wait for a connection that was opened ahead and never used', async () => {
  const { server, port, close } = await serving((_, response) => response.end('hello'));
  const accepted = once(server, 'connection');
  const ahead = connect(port, '127.0.0.1');
  await accepted;
  const gone = once(ahead, 'close');
  await close(longer);
  await gone;
});

it('answers what it was asked before, then lets go of the kept connection', async () => {
  let answer: () => void = () => {};
  const { server, url, close } = await serving((_, response) => { answer = () => response.end('late'); });
  const asked = once(server, 'request');
  const response = fetch(url);
  await asked;
  const closed = close(longer);
  answer();
  expect(await (await response).text()).toBe('late');
  await closed;
});

it('cuts what takes longer than the grace', async () => {
  const { server, url, close } = await serving(() => {});
  const asked = once(server, 'request');
  const response = fetch(url).then(() => 'answered', () => 'cut');
  await asked;
  await close(20);
  expect(await response).toBe('cut');
});
