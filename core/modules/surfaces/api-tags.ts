/** What the groups of the API are about, in the order in which they are read. */
export const apiTags: Readonly<Record<string, string>> = {
  session: 'Signing in and out, and what belongs to whoever is signed in',
  conversations: 'The inbox: views, status, assignment, tickets',
  messages: 'What was written in a conversation, and writing',
  contacts: 'People who write to the desk',
  files: 'Attachments',
  brands: 'Names under which the desk answers',
  departments: 'Groups of colleagues to which conversations go',
  operators: 'Colleagues',
  roles: 'What colleagues may do',
  tokens: 'Keys with which programs call this API',
  settings: 'General and mail settings',
  mail: 'Mails that the desk made',
  audit: 'Who changed what',
  plugins: 'Switching plugins on and off, their settings and their health',
  setup: 'The first start of an empty desk',
  system: 'The desk itself: this description, its languages',
};
