import type { Socket } from 'socket.io';

const maxQueuedBytes = 1024 * 1024;
const maxQueuedPackets = 1_000;

/** A client that reads slower than it is written to: it is closed and will ask for what it missed. */
export function isTooSlow(socket: Socket): boolean {
  const connection = socket.conn as unknown as { writeBuffer?: unknown[]; transport?: { socket?: { bufferedAmount?: number } } };
  return (connection.transport?.socket?.bufferedAmount ?? 0) > maxQueuedBytes || (connection.writeBuffer?.length ?? 0) > maxQueuedPackets;
}
