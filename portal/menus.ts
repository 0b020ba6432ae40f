/** A menu that is open closes when somebody goes elsewhere, and by Escape. */
export function foldMenus(menus: Iterable<HTMLDetailsElement>): void {
  for (const menu of menus) {
    const close = () => { menu.open = false; };
    addEventListener('click', ({ target }) => { if (menu.open && target instanceof Node && !menu.contains(target)) close(); });
    menu.addEventListener('focusout', ({ relatedTarget }) => { if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) close(); });
    menu.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || !menu.open) return;
      close();
      menu.querySelector('summary')?.focus();
    });
  }
}
