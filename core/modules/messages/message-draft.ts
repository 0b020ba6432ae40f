import { createHash } from 'node:crypto';
import { invalid } from '../../kernel/errors.ts';
import { limits } from '../../shared/limits.ts';
import { cidSchema, messageTextSchema } from '../../shared/primitives.ts';

/** What somebody wants to say, checked. */
export interface Draft { cid: string; kind: 'reply' | 'note'; text: string; attachmentIds: readonly string[] }

/** Holds the limits of a message wherever it comes from; REST and sockets have checked the same before. */
export function checkDraft(draft: Draft): Draft {
  if (!cidSchema.safeParse(draft.cid).success) throw invalid('cid', 'invalid_cid');
  const text = messageTextSchema.safeParse(draft.text);
  if (!text.success) throw invalid('body', 'message_too_long');
  const attachmentIds = [...new Set(draft.attachmentIds)];
  if (attachmentIds.length > limits.attachmentsPerMessage) throw invalid('attachmentIds', 'too_big');
  if (text.data.trim() === '' && attachmentIds.length === 0) throw invalid('body', 'message_empty');
  return { cid: draft.cid.toLowerCase(), kind: draft.kind, text: text.data.toWellFormed(), attachmentIds };
}

/** Tells a repeat under a cid from another message. Made of what the author sent, before any filter. */
export function fingerprintOf(draft: Draft): string {
  return createHash('sha256').update(JSON.stringify([draft.kind, draft.text, [...draft.attachmentIds].sort()])).digest('base64url');
}
