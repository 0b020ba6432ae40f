import { h } from 'vue';
import type { FunctionalComponent } from 'vue';
import type { IconShape } from '../page-config.ts';

/** Line icons of the widget's own controls, on a 24-unit grid. */
const paths = {
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 5 5l-8 8a1.7 1.7 0 0 1-2.5-2.5L15 7',
  back: 'M15 5l-7 7 7 7',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  bellOff: 'M6 16V11a6 6 0 0 1 9-5.2M18 11v5l2 2H8M10 21h4M4 4l16 16',
  bold: 'M8 5h5a3.5 3.5 0 0 1 0 7H8zM8 12h6a3.5 3.5 0 0 1 0 7H8z',
  check: 'M5 13l4 4L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  code: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  comment: 'M4 12a8 8 0 1 1 3 6l-3 1 1-3a8 8 0 0 1-1-4z',
  done: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12l3 3 5-6',
  down: 'M12 5v14M6 13l6 6 6-6',
  emoji: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c2 2.5 5 2.5 7 0M9 9.5h.01M15 9.5h.01',
  external: 'M14 4h6v6M20 4l-9 9M18 14v5H5V6h5',
  file: 'M6 3h8l4 4v14H6zM14 3v5h4',
  thumb: 'M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h6l-1.5 9.5a2 2 0 0 1-2 1.5H7',
  find: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l4 4',
  full: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  italic: 'M11 5h6M7 19h6M14 5l-4 14',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  retry: 'M20 11a8 8 0 1 0-2 6M20 5v6h-6',
  send: 'M5 12h14M13 6l6 6-6 6',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  small: 'M4 9h5V4M20 9h-5V4M4 15h5v5M20 15h-5v5',
} as const;

export type IconName = keyof typeof paths;

export const Icon: FunctionalComponent<{ name: IconName }> = ({ name }) => h('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [h('path', { d: paths[name] })]);
Icon.props = ['name'];

/** The drawing that an admin chose, which is filled; a line icon where there is none. */
export const ShapeIcon: FunctionalComponent<{ shape: IconShape | null; fallback: IconName }> = ({ shape, fallback }) => (shape
  ? h('svg', { class: 'icon is-filled', viewBox: `0 0 ${shape.w} ${shape.h}`, 'aria-hidden': 'true' }, [h('path', { d: shape.d })])
  : h(Icon, { name: fallback }));
ShapeIcon.props = ['shape', 'fallback'];
