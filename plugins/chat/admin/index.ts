import { defineAdminPlugin } from '@plugboard/admin-sdk';
import list from './styles/list.css?inline';

const ability = 'chat.widgets.manage';

export default defineAdminPlugin({
  setup(ctx) {
    ctx.styles.add(list);
    // The editor is large and seldom needed: it and its styles come with the first widget that is opened.
    let hasStyles = false;
    const editor = async () => {
      const [page, styles] = await Promise.all([import('./editor/WidgetEditor.vue'), import('./styles/editor.ts')]);
      if (!hasStyles) ctx.styles.add(styles.editorStyles);
      hasStyles = true;
      return page;
    };
    ctx.routes.add({ path: 'widgets', component: () => import('./list/WidgetsPage.vue'), ability });
    ctx.routes.add({ path: 'widgets/:id/:tab?', component: editor, props: true, ability });
    ctx.menu.add({ id: 'widgets', label: 'admin.widgets', icon: 'chat', path: 'widgets', place: 'settings', ability, order: 10 });
  },
});
