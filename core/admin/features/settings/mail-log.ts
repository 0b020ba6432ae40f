export type MailStatus = 'kept' | 'queued' | 'sending' | 'sent' | 'failed';
export interface MailLogEntry { id: string; to: string; from: string; subject: string; status: MailStatus; error: string | null; attempts: number; createdAt: string; sentAt: string | null }
export interface MailLogDetail extends MailLogEntry { text: string; html: string | null }

export const mailTones = { kept: 'neutral', queued: 'accent', sending: 'accent', sent: 'ok', failed: 'danger' } as const;
export const mailIcons = { kept: 'box', queued: 'clock', sending: 'clock', sent: 'check', failed: 'alert' } as const;
