interface Item { id: string; to: string; icon: string; ability?: string }

export const settingsMenu: { id: string; items: Item[] }[] = [
  {
    id: 'account',
    items: [
      { id: 'profile', to: '/settings/profile', icon: 'user' },
      { id: 'notifications', to: '/settings/notifications', icon: 'bell' },
      { id: 'security', to: '/settings/security', icon: 'lock' },
    ],
  },
  {
    id: 'desk',
    items: [
      { id: 'general', to: '/settings/general', icon: 'settings', ability: 'settings.manage' },
      { id: 'brands', to: '/settings/brands', icon: 'tag', ability: 'settings.manage' },
      { id: 'channels', to: '/settings/channels', icon: 'chat', ability: 'plugins.manage' },
      { id: 'tools', to: '/settings/tools', icon: 'zap', ability: 'assistants.manage' },
      { id: 'mail', to: '/settings/mail', icon: 'mail', ability: 'settings.manage' },
      { id: 'emailTemplates', to: '/settings/email-templates', icon: 'file', ability: 'settings.manage' },
      { id: 'mailLog', to: '/settings/mail-log', icon: 'list', ability: 'settings.manage' },
    ],
  },
  {
    id: 'people',
    items: [
      { id: 'people', to: '/settings/people', icon: 'users', ability: 'people.manage' },
      { id: 'departments', to: '/settings/departments', icon: 'folder', ability: 'people.manage' },
      { id: 'roles', to: '/settings/roles', icon: 'shield', ability: 'people.manage' },
    ],
  },
  {
    id: 'developers',
    items: [
      { id: 'tokens', to: '/settings/tokens', icon: 'key', ability: 'tokens.manage' },
      { id: 'contextKeys', to: '/settings/context-keys', icon: 'layers', ability: 'settings.manage' },
      { id: 'audit', to: '/settings/audit', icon: 'history', ability: 'audit.view' },
    ],
  },
];
