import { defineManifest } from '@plugboard/sdk';

export const manifest = defineManifest({
  id: 'chat',
  version: '1.2.0',
  api: 1,
  name: 'name',
  description: 'description',
  category: 'channel',
  author: 'Plugboard',
  license: 'MIT',
  icon: 'comments',
  engines: { plugboard: '>=0.1.0' },
  permissions: [
    'db:own', 'realtime', 'conversations:read', 'conversations:write', 'messages:read', 'messages:write',
    'contacts:read', 'contacts:write', 'files:read', 'files:write', 'brands:read', 'departments:read', 'operators:read', 'email:send', 'knowledge:read',
  ],
  abilities: [{ id: 'widgets.manage', label: 'ability.widgetsManage' }],
  entry: { server: 'server/index.ts', admin: 'dist/admin/index.js' },
  claims: [
    { path: '/widget.js', whenOff: 'script' },
    { path: '/widget', whenOff: 'page', offText: 'off' },
    { path: '/widget/compat', whenOff: 'script' },
    { path: '/packs/js/sdk.js', whenOff: 'script' },
    { path: '/api/v1/widgets' },
    { path: '/api/sdk/config' },
    { path: '/api/sdk/chat' },
  ],
  surfaces: [
    { id: 'widget', dir: 'dist/widget', path: '/widget/assets' },
    { id: 'live', dir: 'dist/live', path: '/widget/assets/live' },
  ],
});

export default manifest;
