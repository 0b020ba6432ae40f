export interface Template { id: string; kind: string; name: string; isShipped: boolean }

/** The mails of a widget, and the kind of template that each is made of. */
export const noticeKinds = [
  { id: 'operators', kind: 'chat.operator-reply' },
  { id: 'users', kind: 'chat.user-reply' },
  { id: 'transcript', kind: 'chat.transcript' },
] as const;

/** Where a template is edited. */
export const templateRoute = (id: string): string => `/settings/email-templates/${id}`;
