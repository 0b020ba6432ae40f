import type { ActionContext } from '../context.ts';

export interface OutgoingMail { to: { address: string; name?: string }; from?: { address: string; name?: string }; /** Name beside the desk's own address, in place of the desk's. */ fromName?: string; subject: string; text: string; html?: string; /** A repeat with this key is dropped. */ idempotencyKey: string; brandId?: number | null; headers?: Record<string, string> }

/** Mail out: a row in the mail log first, with its Message-ID fixed, then a job. Without SMTP the row stays `kept` for an admin to read. */
export interface Mail {
  send(ctx: ActionContext, mail: OutgoingMail): Promise<void>;
  isConfigured(): Promise<boolean>;
}
