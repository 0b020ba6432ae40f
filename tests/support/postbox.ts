import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received { from: string; to: string[]; raw: string }

/** A real SMTP server that answers as `reply` says. */
export class Postbox {
  readonly received: Received[] = [];
  reply: { stage: 'rcpt' | 'data'; code: number } | 'cut' | undefined;
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(this.#refusal('rcpt')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = this.#refusal('data');
        if (!refusal) {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((to) => to.address), raw: Buffer.concat(chunks).toString() });
        }
        if (this.reply === 'cut') for (const connection of this.#server.connections) (connection as unknown as { close(): void }).close();
        else done(refusal);
      });
    },
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #refusal(stage: 'rcpt' | 'data'): Error | undefined {
    if (typeof this.reply !== 'object' || this.reply.stage !== stage) return undefined;
    return Object.assign(new Error(`answer ${this.reply.code}`), { responseCode: this.reply.code });
  }
}
