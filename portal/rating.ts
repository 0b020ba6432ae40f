/** Yes and no are sent without leaving the page. */
export function rateInPlace(box: HTMLElement): void {
  const form = box.querySelector('form');
  const said = box.querySelector<HTMLElement>('[role=status]');
  const again = box.querySelector<HTMLAnchorElement>('.thanks a');
  if (!form || !said) return;
  let isSending = false;

  const show = (state: 'up' | 'down' | 'failed'): void => {
    box.dataset.rated = state;
    said.textContent = box.dataset[state] ?? '';
    if (state === 'failed') return;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  };
  form.addEventListener('submit', (event) => {
    const rating = (event.submitter as HTMLButtonElement | null)?.value;
    if (rating !== 'up' && rating !== 'down') return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ rating }) })
      .then(({ ok }) => show(ok ? rating : 'failed'), () => show('failed'))
      .finally(() => { isSending = false; });
  });
  again?.addEventListener('click', (event) => {
    event.preventDefault();
    box.dataset.rated = '';
    form.querySelector('button')?.focus();
  });
}
