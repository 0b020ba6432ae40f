const owners: (() => void)[] = [];

/** ⌘S and Ctrl+S save the form that was opened last. Returns the release. */
export function claimSaveKey(save: () => void): () => void {
  if (owners.length === 0) addEventListener('keydown', onKey);
  owners.push(save);
  return () => {
    owners.splice(owners.indexOf(save), 1);
    if (owners.length === 0) removeEventListener('keydown', onKey);
  };
}

function onKey(event: KeyboardEvent): void {
  const isS = event.key.toLowerCase() === 's' || event.code === 'KeyS';
  if (!isS || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  owners.at(-1)?.();
}
