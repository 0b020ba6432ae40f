import type { CallStatus } from '../../../shared/assistants.ts';

/** Status marks differ in shape as well as in colour. */
export const statusMarks: Readonly<Record<CallStatus, { tone: 'neutral' | 'ok' | 'warn' | 'danger' | 'accent'; icon: string }>> = {
  pending: { tone: 'warn', icon: 'clock' },
  running: { tone: 'accent', icon: 'refresh' },
  done: { tone: 'ok', icon: 'check' },
  failed: { tone: 'danger', icon: 'alert' },
  rejected: { tone: 'neutral', icon: 'x' },
  expired: { tone: 'neutral', icon: 'history' },
  refused: { tone: 'neutral', icon: 'lock' },
};
