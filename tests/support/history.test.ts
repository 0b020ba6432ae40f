import type { PublicMessageDto } from '@plugboard/sdk';
import { expect, it } from 'vitest';
import type { MessageDto } from '../../core/shared/conversations.ts';
import { checkHistory, type VisitorRecord } from './history.ts';

/** The checker is checked: a history that is as it should be passes, and each way to spoil it is reported. */
interface History { visitor: VisitorRecord; thread: MessageDto[]; answers: string[] }

const message = (seq: number, author: 'contact' | 'operator', text: string): MessageDto => ({
  id: `id-of-${text}`, seq, kind: 'reply', author: { type: author, id: author, name: author }, body: { html: `<p>${text}</p>`, text }, attachments: [], createdAt: new Date(seq).toISOString(),
});
const shown = ({ author, ...rest }: MessageDto): PublicMessageDto => ({ ...rest, author, isMine: author.type === 'contact' } as PublicMessageDto);

/** One, two, an answer, three; a fourth that was never acknowledged and is not stored. */
function sound(): History {
  const thread = [message(1, 'contact', 'one'), message(2, 'contact', 'two'), message(3, 'operator', 'an answer'), message(4, 'contact', 'three')];
  const acked = (seq: number) => ({ id: thread[seq - 1]?.id ?? '', seq });
  const sent = [['one', 1], ['two', 2], ['three', 4]].map(([body, seq]) => ({ cid: `cid of ${body}`, body: String(body), acked: acked(Number(seq)), tries: 1 }));
  return {
    visitor: { sent: [...sent, { cid: 'cid of four', body: 'four', acked: null, tries: 3 }], seen: new Map(thread.map((entry) => [entry.seq, shown(entry)])), oddities: [] },
    thread,
    answers: ['an answer'],
  };
}

/** Gives the places 1…n anew, so that only what a defect means to spoil is wrong. */
const numbered = (thread: MessageDto[]): MessageDto[] => thread.map((entry, index) => ({ ...entry, seq: index + 1 }));
const check = ({ visitor, thread, answers }: History) => () => checkHistory(visitor, thread, answers);
const withoutScreen = (history: History): History => ({ ...history, visitor: { ...history.visitor, seen: new Map() } });

it('passes what is sound, whether a message without acknowledgement was stored or not', () => {
  expect(check(sound())).not.toThrow();
  const history = sound();
  expect(check({ ...history, thread: [...history.thread, message(5, 'contact', 'four')] })).not.toThrow();
});

const unacked = (history: History): History => ({ ...history, visitor: { ...history.visitor, sent: history.visitor.sent.map((sent) => ({ ...sent, acked: null })) } });
const stored = (change: (thread: MessageDto[]) => MessageDto[]) => (history: History): History => ({ ...withoutScreen(history), thread: change(history.thread) });
const screen = (change: (seen: Map<number, PublicMessageDto>) => void) => (history: History): History => {
  change(history.visitor.seen);
  return history;
};
const copyOf = (history: MessageDto[], at: number, id: string): MessageDto => ({ ...(history[at] as MessageDto), id });
const swapped = ([one, two, ...rest]: MessageDto[]): MessageDto[] => numbered([two, one, ...rest].filter((entry) => entry !== undefined));

it.each<[string, (history: History) => History]>([
  ['an acknowledged message is lost', stored((thread) => numbered(thread.filter(({ body }) => body.text !== 'two')))],
  ['the last acknowledged message is lost', stored((thread) => thread.slice(0, -1))],
  ['everything is lost', stored(() => [])],
  ['an answer of the desk is lost', (history) => stored((thread) => numbered(thread.filter(({ author }) => author.type === 'contact')))(unacked(history))],
  ['a message is stored twice', stored((thread) => [...thread, { ...copyOf(thread, 1, 'another id'), seq: 5 }])],
  ['a message that was not acknowledged is stored twice', (history) => stored((thread) => [...thread, message(5, 'contact', 'four'), { ...message(6, 'contact', 'four'), id: 'another id' }])(history)],
  ['an answer is stored twice', stored((thread) => [...thread, { ...copyOf(thread, 2, 'another id'), seq: 5 }])],
  ['a message comes twice under one id', stored((thread) => [...thread, { ...copyOf(thread, 2, 'id-of-an answer'), seq: 5 }])],
  ['two messages are swapped', stored(swapped)],
  ['two messages are swapped that were not acknowledged', (history) => stored(swapped)(unacked(history))],
  ['a message is stored under another seq than it was told', stored((thread) => [...thread.slice(0, 3), message(4, 'operator', 'an answer of later'), { ...copyOf(thread, 3, 'id-of-three'), seq: 5 }])],
  ['the words of a message are another\'s', stored((thread) => thread.map((entry) => (entry.seq === 2 ? { ...entry, body: { html: '', text: 'changed' } } : entry)))],
  ['a message is invented for the visitor', stored((thread) => [...thread, message(5, 'contact', 'never said')])],
  ['a message is invented for the desk', stored((thread) => [...thread, message(5, 'operator', 'never said')])],
  ['a seq is left out', stored((thread) => thread.map((entry) => (entry.seq === 4 ? { ...entry, seq: 5 } : entry)))],
  ['a seq is given twice', stored((thread) => thread.map((entry) => (entry.author.type === 'operator' ? { ...entry, seq: 2 } : entry)))],
  ['a screen shows what is not stored', screen((seen) => seen.set(5, shown(message(5, 'operator', 'vanished'))))],
  ['a screen shows another message at a place', screen((seen) => seen.set(3, shown(message(3, 'operator', 'another answer'))))],
  ['a screen had two messages at one place', (history) => ({ ...history, visitor: { ...history.visitor, oddities: ['seq 3 is a and b'] } })],
])('reports that %s', (_defect, spoil) => {
  expect(check(spoil(sound()))).toThrow();
});

it('tells which promise was broken', () => {
  expect(check(stored((thread) => thread.slice(0, -1))(sound()))).toThrow(/acknowledged and stored/);
  expect(check(stored((thread) => [...thread, message(5, 'operator', 'never said')])(sound()))).toThrow(/what the desk said/);
  expect(check(unacked(stored(swapped)(sound())))).toThrow(/own order/);
  expect(check(screen((seen) => seen.set(3, shown(message(3, 'operator', 'x'))))(sound()))).toThrow(/seen/);
});
