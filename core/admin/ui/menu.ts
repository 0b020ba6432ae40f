/** One entry of a menu, or a dividing line. */
export type MenuEntry = 'line' | {
  label: string; icon?: string; keys?: string; danger?: boolean; disabled?: boolean; checked?: boolean; select: () => void;
};
