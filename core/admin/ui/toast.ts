import { toast as sonner } from 'vue-sonner';

interface ToastOptions { detail?: string; undo?: { label: string; run: () => void }; /** What a press leads to; needs no haste, unlike `undo`. */ action?: { label: string; run: () => void }; /** A newer toast with the same id takes its place. */ id?: string }

/** Short news at the edge of the screen. What must be acted on belongs into the page instead. */
export const toast = {
  done: (text: string, options: ToastOptions = {}) => sonner.success(text, toSonner(options, 4_000)),
  failed: (text: string, options: ToastOptions = {}) => sonner.error(text, toSonner(options, 8_000)),
  say: (text: string, options: ToastOptions = {}) => sonner(text, toSonner(options, 5_000)),
  dismiss: (id?: string | number) => sonner.dismiss(id),
};

function toSonner({ detail, undo, action = undo, id }: ToastOptions, duration: number) {
  return {
    ...(id === undefined ? {} : { id }),
    duration: undo ? Math.max(duration, 8_000) : duration,
    ...(detail === undefined ? {} : { description: detail }),
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.run } }),
  };
}
