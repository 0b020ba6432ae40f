/** Addresses of the desk itself: no plugin may claim one, nor what lies below or around it. */
export const reservedAddresses: readonly string[] = [
  '/admin', '/portal', '/hooks', '/socket.io', '/healthz', '/readyz', '/metrics', '/api/plugins', '/api/docs',
  // Beside these a plugin may claim below /api/sdk: the chat and the configuration of its widgets.
  '/api/sdk/users', '/api/sdk/companies', '/api/sdk/context', '/api/sdk/tickets',
  ...[
    'session', 'setup', 'operators', 'roles', 'permissions', 'brands', 'departments', 'settings', 'mail-log', 'audit', 'tokens', 'conversations',
    'contacts', 'companies', 'files', 'plugins', 'panels', 'i18n', 'locales', 'openapi.json', 'tags', 'articles',
  ].map((noun) => `/api/v1/${noun}`),
];
