import { shallowRef } from 'vue';

/** A question before something that can't be undone. The title names the thing. */
export interface ConfirmRequest {
  title: string;
  text?: string;
  confirm: string;
  cancel?: string;
  danger?: boolean;
  /** The person must type this word first. */
  typed?: string;
}
interface Open extends ConfirmRequest { answer(isYes: boolean): void }

export const openConfirm = shallowRef<Open | null>(null);

/** Asks and waits. A second question answers the first with no. */
export function confirm(request: ConfirmRequest): Promise<boolean> {
  openConfirm.value?.answer(false);
  return new Promise((resolve) => {
    openConfirm.value = { ...request, answer: (isYes) => { openConfirm.value = null; resolve(isYes); } };
  });
}
