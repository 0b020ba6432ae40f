import { nextTick, ref } from 'vue';
import type { ShallowRef } from 'vue';
import { moveFocus } from '../focus.ts';

/** A box that a button opens: arrow keys inside, Escape and leaving close it, and the focus comes back to the button. */
export function usePopover(box: Readonly<ShallowRef<HTMLElement | null>>, button: Readonly<ShallowRef<HTMLElement | null>>, columns = 1) {
  const isOpen = ref(false);
  const items = () => [...(box.value?.querySelectorAll<HTMLElement>('button') ?? [])];

  const open = async () => {
    isOpen.value = true;
    await nextTick();
    items()[0]?.focus();
  };
  const close = () => {
    isOpen.value = false;
    button.value?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Tab' && columns === 1) isOpen.value = false;
    else moveFocus(event, items(), columns);
  };
  const onLeave = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node) || !box.value?.contains(event.relatedTarget)) isOpen.value = false;
  };
  return { isOpen, close, onKey, onLeave, toggle: () => (isOpen.value ? close() : void open()), hide: () => { isOpen.value = false; } };
}
