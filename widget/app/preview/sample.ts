import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { Translate } from '../translate.ts';

export const sampleId = 'sample';
const otherId = 'sample-2';
const person = { type: 'operator', id: 'sample-operator', name: 'Mira', isAssistant: false } as const;
const minute = 60_000;

const message = (seq: number, text: string, over: Partial<PublicMessageDto>, at: number): PublicMessageDto => ({
  id: `sample-${seq}`, seq, kind: 'reply', author: person, body: { html: '', text }, attachments: [], createdAt: new Date(at).toISOString(), isMine: false, ...over,
});
const mine = { isMine: true, author: { type: 'contact', id: 'sample-visitor', name: '' } } as const;

/** A made-up conversation in the language of the preview. */
export function sampleMessages(t: Translate, opening: string, now: number): PublicMessageDto[] {
  const texts: [string, Partial<PublicMessageDto>][] = [
    ...(opening ? [[opening, {}] as [string, Partial<PublicMessageDto>]] : []),
    [t('sample.question'), mine], [t('sample.answer'), {}], [t('sample.thanks'), mine],
  ];
  return texts.map(([text, over], index) => message(index + 1, text, over, now - (texts.length - index) * 3 * minute));
}

export function sampleConversations(t: Translate, messages: readonly PublicMessageDto[], version: number, now: number): PublicConversationDto[] {
  const last = messages.at(-1);
  const base = { status: 'open', number: null, departmentId: null, changeVersion: version, createdAt: new Date(now - 60 * minute).toISOString(), updatedAt: new Date(now).toISOString() } as const;
  return [
    {
      ...base, id: sampleId, subject: null, lastSeq: last?.seq ?? 0, readSeq: last?.seq ?? 0, seenSeq: last?.seq ?? 0, unreadCount: 0, assignee: { id: person.id, name: person.name, isAssistant: false },
      lastMessage: last ? { text: last.body.text, authorName: last.author.name, isMine: last.isMine, createdAt: last.createdAt } : null,
    },
    {
      ...base, id: otherId, subject: null, lastSeq: 2, readSeq: 1, seenSeq: 2, unreadCount: 1, assignee: { id: 'sample-other', name: 'Jonas', isAssistant: false },
      lastMessage: { text: t('sample.other'), authorName: 'Jonas', isMine: false, createdAt: new Date(now - 24 * 60 * minute).toISOString() },
    },
  ];
}

export const otherMessages = (t: Translate, now: number): PublicMessageDto[] => [
  message(1, t('sample.question'), mine, now - 25 * 60 * minute),
  message(2, t('sample.other'), { author: { ...person, id: 'sample-other', name: 'Jonas' } }, now - 24 * 60 * minute),
];
