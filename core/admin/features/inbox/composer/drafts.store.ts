import { useDebounceFn, useEventListener } from '@vueuse/core';
import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { AttachmentDto } from '@plugboard/sdk';
import { useSession } from '../../../session/session.store.ts';

export type DraftKind = 'reply' | 'note';
export interface Draft { text: string; attachments: AttachmentDto[] }
export interface Drafts { kind: DraftKind; reply: Draft; note: Draft; at: number }

const prefix = 'plugboard.draft.';
const keptMs = 60 * 24 * 60 * 60_000;
const emptyDraft = (): Draft => ({ text: '', attachments: [] });
const isEmpty = ({ text, attachments }: Draft): boolean => text.trim() === '' && attachments.length === 0;

/** What is being written, per conversation and kind. It is kept in this browser and survives a reload, a crash and a sign-out. */
export const useDrafts = defineStore('inbox-drafts', () => {
  const owner = useSession().operator?.id ?? '';
  const all = reactive(readAll(owner));
  const unsaved = new Set<string>();

  /** The drafts of a conversation, to be changed in place. Call `keep` after a change. */
  function of(conversationId: string): Drafts {
    return all[conversationId] ??= { kind: 'reply', reply: emptyDraft(), note: emptyDraft(), at: Date.now() };
  }

  const has = (conversationId: string): boolean => {
    const drafts = all[conversationId];
    return drafts !== undefined && !(isEmpty(drafts.reply) && isEmpty(drafts.note));
  };

  const flush = () => {
    for (const id of unsaved) write(owner, id, has(id) ? all[id]! : null);
    unsaved.clear();
  };
  const flushSoon = useDebounceFn(flush, 250, { maxWait: 1_000 });

  function keep(conversationId: string): void {
    of(conversationId).at = Date.now();
    unsaved.add(conversationId);
    void flushSoon();
  }

  /** Takes the draft out once it is on its way. */
  function take(conversationId: string, kind: DraftKind): Draft {
    const drafts = of(conversationId);
    const draft = drafts[kind];
    drafts[kind] = emptyDraft();
    keep(conversationId);
    flush();
    return draft;
  }

  /** Brings a text back, before whatever has been written since. */
  function restore(conversationId: string, kind: DraftKind, draft: Draft): void {
    const present = of(conversationId)[kind];
    of(conversationId)[kind] = {
      text: [draft.text, present.text].filter((text) => text.trim() !== '').join('\n\n'),
      attachments: [...draft.attachments, ...present.attachments],
    };
    of(conversationId).kind = kind;
    keep(conversationId);
  }

  useEventListener(window, 'pagehide', flush);
  return { of, has, keep, take, restore };
});

function readAll(owner: string): Record<string, Drafts> {
  const found: Record<string, Drafts> = {};
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${prefix}${owner}.`)) continue;
    const drafts = parse(localStorage.getItem(key));
    if (drafts && Date.now() - drafts.at < keptMs) found[key.slice(prefix.length + owner.length + 1)] = drafts;
    else localStorage.removeItem(key);
  }
  return found;
}

function parse(text: string | null): Drafts | null {
  try {
    const value = JSON.parse(text ?? 'null') as Drafts | null;
    return value && typeof value.reply?.text === 'string' && typeof value.note?.text === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** A browser whose storage is full keeps the draft on this page at least. */
function write(owner: string, conversationId: string, drafts: Drafts | null): void {
  const key = `${prefix}${owner}.${conversationId}`;
  if (!drafts) return localStorage.removeItem(key);
  try {
    localStorage.setItem(key, JSON.stringify(drafts));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
