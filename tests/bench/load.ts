import { io, type Socket } from 'socket.io-client';
import { percentile } from './figure.ts';

export interface Load { perSecond: number; p50: number; p99: number }

const warmUp = 3;
const perSocket = 30;

/** Every socket sends one message after the other, each once the last was acknowledged. Below the desk's limit of 40 events at once. */
export async function measureSends(sockets: readonly Socket[], send: (socket: Socket, index: number) => Promise<unknown>): Promise<Load> {
  const run = async (count: number, latencies: number[]) => {
    await Promise.all(sockets.map(async (socket, index) => {
      for (let round = 0; round < count; round += 1) {
        const start = performance.now();
        await send(socket, index);
        latencies.push(performance.now() - start);
      }
    }));
  };
  await run(warmUp, []);
  const latencies: number[] = [];
  const start = performance.now();
  await run(perSocket, latencies);
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return { perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

/** Opens a socket and waits until it is connected. */
export async function openSocket(url: string, options: { auth?: Record<string, unknown>; extraHeaders?: Record<string, string> } = {}): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
