import { ref } from 'vue';

/** What lies over the desk; opened from menus, by keys and from the palette. */
export const isPaletteOpen = ref(false);
export const isHelpOpen = ref(false);
