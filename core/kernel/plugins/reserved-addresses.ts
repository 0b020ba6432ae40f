/** Addresses of the desk itself: no plugin may claim one, nor what lies below or around it. */
export const reservedAddresses: readonly string[] = [
  '/admin', '/portal', '/hooks', '/socket.io', '/healthz', '/readyz', '/metrics', '/api/plugins', '/api/docs',
  ...[
    'session', 'setup', 'operators', 'roles', 'permissions', 'brands', 'departments', 'settings', 'mail-log', 'audit', 'tokens', 'conversations',
    'contacts', 'companies', 'files', 'plugins', 'panels', 'i18n', 'locales', 'openapi.json', 'tags', 'articles',
  ].map((noun) => `/api/v1/${noun}`),
];
