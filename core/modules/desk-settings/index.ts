import { defineModule } from '../../kernel/module.ts';
import { deskSettingsRoutes } from './desk-settings.routes.ts';
import { settingsPolicies } from './settings.policy.ts';

export const deskSettingsModule = defineModule({ id: 'desk-settings', routes: deskSettingsRoutes, policies: settingsPolicies });
