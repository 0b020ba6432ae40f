import { h } from 'vue';
import type { FunctionalComponent } from 'vue';

/** Line icons on a 24-unit grid. */
const paths = {
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 5 5l-8 8a1.7 1.7 0 0 1-2.5-2.5L15 7',
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  bellOff: 'M6 16V11a6 6 0 0 1 9-5.2M18 11v5l2 2H8M10 21h4M4 4l16 16',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z',
  bug: 'M8 9a4 4 0 0 1 8 0v6a4 4 0 0 1-8 0zM12 11v8M8 12H4M20 12h-4M8 16l-3 3M16 16l3 3M9 6L7 3M15 6l2-3',
  cart: 'M3 4h3l2 11h10l2-8H7M9 20h.01M17 20h.01',
  check: 'M5 13l4 4L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  comment: 'M4 12a8 8 0 1 1 3 6l-3 1 1-3a8 8 0 0 1-1-4z',
  done: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12l3 3 5-6',
  down: 'M12 5v14M6 13l6 6 6-6',
  emoji: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c2 2.5 5 2.5 7 0M9 9.5h.01M15 9.5h.01',
  external: 'M14 4h6v6M20 4l-9 9M18 14v5H5V6h5',
  file: 'M6 3h8l4 4v14H6zM14 3v5h4',
  full: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  heart: 'M12 20s-8-5-8-11a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.700M12 17h.01',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  phone: 'M6 3h4l1 5-2 1a11 11 0 0 0 6 6l1-2 5 1v4c0 1-1 2-2 2A16 16 0 0 1 4 5c0-1 1-2 2-2z',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  retry: 'M20 11a8 8 0 1 0-2 6M20 5v6h-6',
  robot: 'M12 3v3M5 7h14v11H5zM9 12h.01M15 12h.01M9 15h6',
  send: 'M5 12h14M13 6l6 6-6 6',
  small: 'M4 9h5V4M20 9h-5V4M4 15h5v5M20 15h-5v5',
  truck: 'M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19h.01M17 19h.01',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0',
} as const;

export type IconName = keyof typeof paths;

/** Names of FontAwesome's free set that admins may have chosen, as drawings of ours. */
const aliases: Record<string, IconName> = {
  'address-card': 'user', 'arrow-up-right-from-square': 'external', 'cart-shopping': 'cart', 'circle-question': 'help', 'circle-user': 'user',
  'comment-dots': 'comment', comments: 'comment', 'credit-card': 'receipt', envelope: 'mail', 'file-invoice': 'receipt', 'file-lines': 'file',
  headset: 'help', 'life-ring': 'help', link: 'external', message: 'comment', question: 'help', shop: 'cart', star: 'heart', store: 'cart',
};

export const Icon: FunctionalComponent<{ name: string; fallback?: IconName }> = ({ name, fallback = 'comment' }) => {
  const known = Object.hasOwn(paths, name) ? name as IconName : Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return h('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [h('path', { d: paths[known ?? fallback] })]);
};
Icon.props = ['name', 'fallback'];
