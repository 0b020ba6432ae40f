import { nextTick } from 'vue';

interface Drag {
  list: HTMLElement;
  /** Where the lifted row stands now. */
  indexOf(): number;
  place(index: number): void;
  end(kind: 'dropped' | 'cancelled'): void;
}

const edge = 56;
const speed = 10;

/** The nearest ancestor that scrolls up and down. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

/** Where a row whose middle is at `middle` belongs: against the middles of its neighbours, so that rows of unlike height do not change places to and fro. */
function targetIn(list: HTMLElement, from: number, middle: number): number {
  const middleOf = (index: number) => {
    const box = list.children[index]!.getBoundingClientRect();
    return box.top + box.height / 2;
  };
  let to = from;
  while (to < list.children.length - 1 && middle > middleOf(to + 1)) to += 1;
  while (to > 0 && middle < middleOf(to - 1)) to -= 1;
  return to;
}

/** Lets a lifted row follow the pointer until it is let go; scrolls at the edges. Answers what stops it. */
export function followPointer(start: PointerEvent, { list, indexOf, place, end }: Drag): () => void {
  const row = list.children[indexOf()] as HTMLElement | undefined;
  if (!row) return () => {};
  const scroller = scrollerOf(list);
  const grabbedAt = start.clientY - row.getBoundingClientRect().top;
  let y = start.clientY;
  let frame = 0;

  const draw = () => {
    row.style.translate = '';
    row.style.translate = `0 ${y - grabbedAt - row.getBoundingClientRect().top}px`;
  };
  const follow = () => {
    row.style.translate = '';
    const from = indexOf();
    const to = targetIn(list, from, y - grabbedAt + row.offsetHeight / 2);
    draw();
    if (to === from) return;
    place(to);
    void nextTick(() => { if (frame !== 0) draw(); });
  };
  const tick = () => {
    const box = scroller.getBoundingClientRect();
    const by = y < Math.max(box.top, 0) + edge ? -speed : y > Math.min(box.bottom, innerHeight) - edge ? speed : 0;
    if (by !== 0) scroller.scrollTop += by;
    follow();
    frame = requestAnimationFrame(tick);
  };
  const onMove = (event: PointerEvent) => { if (event.pointerId === start.pointerId) y = event.clientY; };
  const onUp = (event: PointerEvent) => { if (event.pointerId === start.pointerId) end('dropped'); };
  const onCancel = () => end('cancelled');
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end('cancelled');
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', onUp);
  addEventListener('pointercancel', onCancel);
  addEventListener('keydown', onKey, true);
  frame = requestAnimationFrame(tick);
  return () => {
    cancelAnimationFrame(frame);
    frame = 0;
    row.style.translate = '';
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', onUp);
    removeEventListener('pointercancel', onCancel);
    removeEventListener('keydown', onKey, true);
  };
}
