export interface Column {
  id: string;
  label: string;
  align?: 'start' | 'end';
  /** Takes the room that is left. */
  wide?: boolean;
  /** Left out on narrow screens. */
  extra?: boolean;
  hideLabel?: boolean;
}
