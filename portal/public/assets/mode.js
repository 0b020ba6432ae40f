// Before the first paint: light or dark as the system has it, and that scripts run here.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => (document.documentElement.dataset.mode = dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', apply);
  apply();
  document.documentElement.dataset.scripted = '';
})();
