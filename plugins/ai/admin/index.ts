import { defineAdminPlugin } from '@plugboard/admin-sdk';
import { allows, learnPermissions } from './frame/permissions.ts';
import frame from './styles/frame.css?inline';

const manage = 'ai.manage';
const costs = 'ai.view-costs';

export default defineAdminPlugin({
  setup(ctx) {
    ctx.styles.add(frame);
    // The editor is large and seldom needed: it and its styles come with the first assistant that is opened.
    let hasStyles = false;
    const editor = async () => {
      const [page, styles] = await Promise.all([import('./editor/AssistantEditor.vue'), import('./styles/editor.ts')]);
      if (!hasStyles) ctx.styles.add(styles.editorStyles);
      hasStyles = true;
      return page;
    };
    ctx.routes.add({ path: '', component: () => import('./frame/FirstPage.vue') });
    ctx.routes.add({ path: 'assistants', component: () => import('./list/AssistantsPage.vue'), ability: manage });
    ctx.routes.add({ path: 'assistants/:id/:tab?', component: editor, props: true, ability: manage });
    ctx.routes.add({ path: 'models', component: () => import('./models/ModelsPage.vue'), ability: manage });
    ctx.routes.add({ path: 'questions', component: () => import('./questions/QuestionsPage.vue'), ability: manage });
    ctx.routes.add({ path: 'bench/:view?', component: () => import('./bench/BenchPage.vue'), props: true, ability: manage });
    ctx.routes.add({ path: 'bench/runs/:id', component: () => import('./bench/RunPage.vue'), props: true, ability: manage });
    ctx.routes.add({ path: 'costs', component: () => import('./costs/CostsPage.vue'), ability: costs });
    ctx.menu.add({ id: 'ai', label: 'admin.menu.ai', icon: 'sparkle', path: '', ability: manage, order: 10 });
    // Whoever may see only what it costs goes there at once.
    void learnPermissions(ctx.desk).then((permissions) => {
      if (permissions && !allows(permissions, manage) && allows(permissions, costs)) ctx.menu.add({ id: 'costs', label: 'admin.menu.ai', icon: 'sparkle', path: 'costs', ability: costs, order: 10 });
    });
  },
});
