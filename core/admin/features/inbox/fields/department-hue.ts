const hues = 7;

/** Colour of a department's mark: by its place in the list, so that neighbours differ. */
export function departmentHue(departments: readonly { id: string }[], id: string): string {
  const at = departments.findIndex((department) => department.id === id);
  return at === -1 ? 'var(--line-strong)' : `var(--hue-${(at % hues) + 1})`;
}
