// Runs before the first paint, so that nobody is blinded by a white page at night.
const root = document.documentElement;
const mode = localStorage.getItem('plugboard.mode') ?? 'system';
const isDark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
root.dataset.mode = isDark ? 'dark' : 'light';
root.lang = localStorage.getItem('plugboard.locale') ?? root.lang;
root.dir = localStorage.getItem('plugboard.direction') ?? 'ltr';
