/** Bodies as a customer would send them, for the description of the API. */
export const examples = {
  user: {
    user_id: 'u_1042',
    traits: { email: 'ada@example.org', name: 'Ada Lovelace', plan: 'pro', signed_up_at: '2030-01-31T09:00:00Z' },
    context: { billing: { label: 'Billing', type: 'status', value: 'Card declined on 30 January' } },
  },
  company: { company_id: 'c_7', user_id: 'u_1042', traits: { name: 'Analytical Engines Ltd', seats: 25 } },
  context: {
    user_id: 'u_1042',
    context: { 'crm.sync': { label: 'CRM sync', type: 'error', value: 'Token expired 2 hours ago' } },
    clear: ['billing'],
  },
  ticket: {
    email: 'ada@example.org', name: 'Ada Lovelace', subject: 'The export stops at 90 %', message: 'Since this morning the export of our orders does not finish.',
    source: 'status-page', priority: 'high', metadata: { order: 'A-1815', attempts: 3 },
  },
};
