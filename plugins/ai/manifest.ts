import { defineManifest } from '@plugboard/sdk';

export const manifest = defineManifest({
  id: 'ai',
  version: '1.0.0',
  api: 1,
  name: 'name',
  description: 'description',
  category: 'assistant',
  author: 'Plugboard',
  license: 'MIT',
  icon: 'wand-magic-sparkles',
  engines: { plugboard: '>=0.1.0' },
  permissions: [
    'db:own', 'conversations:read', 'messages:read', 'contacts:read', 'knowledge:read', 'knowledge:write', 'brands:read', 'departments:read', 'http:*',
  ],
  abilities: [{ id: 'manage', label: 'ability.manage' }, { id: 'view-costs', label: 'ability.viewCosts' }],
  entry: { server: 'server/index.ts', admin: 'dist/admin/index.js' },
});

export default manifest;
