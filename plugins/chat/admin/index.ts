import { defineAdminPlugin } from '@plugboard/admin-sdk';
import WidgetPage from './WidgetPage.vue';
import WidgetsPage from './WidgetsPage.vue';
import styles from './styles.css?inline';

const ability = 'chat.widgets.manage';

export default defineAdminPlugin({
  setup(ctx) {
    ctx.styles.add(styles);
    ctx.routes.add({ path: 'widgets', component: WidgetsPage, ability });
    ctx.routes.add({ path: 'widgets/:id', component: WidgetPage, props: true, ability });
    ctx.menu.add({ id: 'widgets', label: 'admin.widgets', icon: 'chat', path: 'widgets', place: 'settings', ability, order: 10 });
  },
});
