import type { ConversationsSettings, FileSettings, SourceDto, SourceKind, TextSettings, WebsiteSettings } from '../../../../shared/knowledge.ts';

export const kindIcons: Record<SourceKind, string> = { website: 'globe', file: 'file', text: 'note', guidance: 'flag', conversations: 'chat' };

export const isWorking = ({ state, isEnabled }: Pick<SourceDto, 'state' | 'isEnabled'>): boolean => isEnabled && (state === 'pending' || state === 'processing');

/** What kind of settings a source has follows from its own kind. */
export const websiteOf = (source: SourceDto): WebsiteSettings | null => (source.kind === 'website' ? source.settings as WebsiteSettings : null);
export const fileOf = (source: SourceDto): FileSettings | null => (source.kind === 'file' ? source.settings as FileSettings : null);
export const textOf = (source: SourceDto): TextSettings | null => (source.kind === 'text' || source.kind === 'guidance' ? source.settings as TextSettings : null);
export const conversationsOf = (source: SourceDto): ConversationsSettings | null => (source.kind === 'conversations' ? source.settings as ConversationsSettings : null);

/** A site's address as people type it. */
export function withProtocol(typed: string): string {
  const text = typed.trim();
  return text === '' || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
}

/** A name to begin with: the host without its `www.`. */
export const nameOfSite = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : '');
