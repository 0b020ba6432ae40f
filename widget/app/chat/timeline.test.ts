import type { PublicMessageDto } from '@plugboard/sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

const message = (seq: number, text = `m${seq}`): PublicMessageDto => ({
  id: `id${seq}`, seq, kind: 'reply', author: { type: 'operator', id: 'o', name: 'Mira' }, body: { html: '', text }, attachments: [],
  createdAt: new Date(seq * 1000).toISOString(), isMine: false,
});
const seqs = (timeline: Timeline) => timeline.messages.map(({ seq }) => seq);
const begun = (...known: number[]) => {
  const timeline = new Timeline();
  timeline.replace(known.map((seq) => message(seq)), known.at(-1) ?? 0);
  return timeline;
};

describe('receive', () => {
  test('appends what comes next and ignores what is there', () => {
    const timeline = begun(1, 2);
    expect(timeline.receive(message(3))).toBe(true);
    expect(timeline.receive(message(2))).toBe(true);
    expect(seqs(timeline)).toEqual([1, 2, 3]);
  });

  test('holds a message until those before it are there', () => {
    const timeline = begun(1);
    expect(timeline.receive(message(3))).toBe(false);
    expect(seqs(timeline)).toEqual([1]);
    timeline.receive(message(2));
    expect(seqs(timeline)).toEqual([1, 2, 3]);
    expect(timeline.hasGap).toBe(false);
  });

  test('whatever the order of arrival, rows are only ever added at the end', () => {
    fc.assert(fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }), (order) => {
      const timeline = begun();
      let before: number[] = [];
      for (const seq of order) {
        timeline.receive(message(seq));
        expect(seqs(timeline).slice(0, before.length)).toEqual(before);
        before = seqs(timeline);
      }
      expect(before).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }));
  });
});

describe('append', () => {
  test('closes a gap that notes have left', () => {
    const timeline = begun(1, 2);
    timeline.receive(message(5));
    expect(timeline.append([message(5)], 5)).toEqual({ isUpToDate: true });
    expect(seqs(timeline)).toEqual([1, 2, 5]);
    expect(timeline.receive(message(6))).toBe(true);
  });

  test('asks for more while a page does not reach the end', () => {
    const timeline = begun(1);
    expect(timeline.append([message(2), message(3)], 9)).toEqual({ isUpToDate: false });
    expect(timeline.append([], 9)).toEqual({ isUpToDate: true });
    expect(timeline.knownSeq).toBe(9);
  });
});

test('history goes in above until there is no more', () => {
  const timeline = begun(5, 6);
  timeline.prepend([message(3), message(4)]);
  expect(timeline.isComplete).toBe(false);
  timeline.prepend([message(1)]);
  expect(seqs(timeline)).toEqual([1, 3, 4, 5, 6]);
  expect(timeline.isComplete).toBe(true);
});

test('an edit replaces a message and adds none', () => {
  const timeline = begun(1, 2);
  timeline.change(message(2, 'edited'));
  timeline.change(message(9, 'unknown'));
  expect(timeline.messages.map(({ body }) => body.text)).toEqual(['m1', 'edited']);
});
