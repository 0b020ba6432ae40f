import type { MessageDto } from '@plugboard/sdk';

type Translate = (key: string, values: Record<string, unknown>) => string;
type Params = Record<string, string | number | null>;

/** The sentence for something that happened. The thread stores what, never the words. */
export function eventText(message: MessageDto, t: Translate, list: (names: string[]) => string): string {
  const { key, params } = message.event ?? { key: 'unknown', params: {} };
  const name = message.author.name || t('thread.system', {});
  return t(`thread.event.${variantOf(key, params, message.author.name)}`, { defaultValue: t('thread.event.unknown', { name }), name, ...worded(key, params, t, list) });
}

/** Some events read differently when one side is empty, or the doer is the one it is about. */
function variantOf(key: string, params: Params, author: string): string {
  switch (key) {
    case 'assigned': return params.names === author ? 'assignedSelf' : params.names ? 'assigned' : 'unassigned';
    case 'department': return params.to ? 'department' : 'departmentNone';
    case 'subject': return params.subject ? 'subject' : 'subjectNone';
    case 'tags': return params.added && params.removed ? 'tagsBoth' : params.added ? 'tagsAdded' : 'tagsRemoved';
    case 'spam': return params.isSpam ? 'spam' : 'notSpam';
    default: return key;
  }
}

function worded(key: string, params: Params, t: Translate, list: (names: string[]) => string): Record<string, unknown> {
  const words = (value: unknown) => list(String(value ?? '').split(', ').filter(Boolean));
  if (key === 'status' || key === 'priority') return { to: t(`inbox.${key}.${String(params.to)}`, {}) };
  if (key === 'assigned') return { names: words(params.names) };
  if (key === 'tags') return { added: words(params.added), removed: words(params.removed), count: String(params.added || params.removed).split(', ').length };
  return params;
}
