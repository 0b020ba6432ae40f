import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between a client and the desk that a test can spoil. */
export class Proxy {
  readonly #server = createServer((client) => this.#join(client));
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #target: URL;
  /** `deaf`: what the desk says does not arrive. `half-open`: nothing goes either way, and nobody is told. */
  mode: 'open' | 'deaf' | 'half-open' = 'open';
  dropped = 0;
  /** How often somebody tried to connect. */
  tries = 0;

  constructor(target: string) { this.#target = new URL(target); }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends every connection there is; new ones are taken. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    this.tries += 1;
    const desk = connect(Number(this.#target.port), this.#target.hostname);
    const pair = [client, desk] as const;
    this.#pairs.add(pair);
    client.on('data', (chunk: Buffer) => { if (this.mode !== 'half-open') desk.write(chunk); });
    desk.on('data', (chunk: Buffer) => {
      if (this.mode === 'open') client.write(chunk);
      else this.dropped += 1;
    });
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#pairs.delete(pair);
        client.destroy();
        desk.destroy();
      });
    }
  }
}
