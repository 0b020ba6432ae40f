import { defineRoute } from '../../kernel/http/route.ts';
import { deskSettingsPatch, mailCheckBody } from '../../shared/desk-settings.ts';
import { changeDeskSettings } from './change-desk-settings.ts';
import { checkMail } from './check-mail.ts';
import { readDeskSettings } from './read-desk-settings.ts';

const tag = 'settings';

export const deskSettingsRoutes = [
  defineRoute({
    method: 'get', path: '/api/v1/settings', summary: 'General and mail settings', tag,
    access: { policy: 'settings.view' },
    handle: async ({ ctx }) => ({ body: await readDeskSettings(ctx) }),
  }),
  defineRoute({
    method: 'patch', path: '/api/v1/settings', summary: 'Change general and mail settings', tag,
    access: { policy: 'settings.change' },
    body: deskSettingsPatch,
    handle: async ({ ctx, body }) => ({ body: await changeDeskSettings(ctx, body) }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/settings/mail/check', summary: 'Send a test mail', tag,
    access: { policy: 'settings.change' },
    perMinute: 6,
    body: mailCheckBody,
    handle: async ({ ctx, body }) => ({ body: await checkMail(ctx, body) }),
  }),
];
