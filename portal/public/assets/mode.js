// Before the first paint: light or dark as the system has it, light on paper, and that scripts run here.
(() => {
  const { dataset } = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => (dataset.mode = dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', apply);
  addEventListener('beforeprint', () => (dataset.mode = 'light'));
  addEventListener('afterprint', apply);
  apply();
  dataset.scripted = '';
})();
