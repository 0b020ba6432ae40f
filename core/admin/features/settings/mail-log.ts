import type { MailLogEntryDto } from '../../../shared/desk-settings.ts';

type Status = MailLogEntryDto['status'];

export const mailTones: Record<Status, 'neutral' | 'accent' | 'ok' | 'danger'> = { kept: 'neutral', queued: 'accent', sent: 'ok', failed: 'danger' };
export const mailIcons: Record<Status, string> = { kept: 'box', queued: 'clock', sent: 'check', failed: 'alert' };

/** “Mira <mira@acme.example>”. */
export const mailAddress = ({ address, name }: { address: string | null; name: string | null }): string => (name && address ? `${name} <${address}>` : address ?? name ?? '—');
