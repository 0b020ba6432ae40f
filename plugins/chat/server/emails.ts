import type { EmailTemplate, PluginContext } from '@plugboard/sdk';

const at = '2026-03-12T09:24:00.000Z';
const conversation = { url: 'https://desk.example/widget/website?conversation=mfrggzdfmztwq2lknnwg23tpob', subject: 'A parcel that came back', number: null };
const question = { author: 'Lina Berger', text: 'My parcel **came back** to you. Could you send it again?', at, isVisitor: true, files: ['label.pdf'] };
const answer = { author: 'Maya', text: 'Of course: it leaves us today, and you get the new number by mail.', at: '2026-03-12T09:31:00.000Z', isVisitor: false, files: [] };

/** Every mail of the chat, with made-up values for its preview. */
const templates: readonly EmailTemplate[] = [
  {
    id: 'operator-reply', label: 'emails.operatorReply', description: 'emails.operatorReplyText', audience: 'operator',
    sample: { isNew: true, contact: { name: 'Lina Berger', email: 'lina@example.com', isVerified: true }, conversation: { ...conversation, url: 'https://desk.example/admin/inbox/all/mfrggzdfmztwq2lknnwg23tpob' }, messages: [question], count: 1, earlier: 0 },
  },
  {
    id: 'user-reply', label: 'emails.userReply', description: 'emails.userReplyText', audience: 'contact',
    sample: { author: 'Maya', contact: { name: 'Lina Berger' }, conversation, messages: [answer], count: 1, earlier: 0 },
  },
  { id: 'reply-waiting', label: 'emails.replyWaiting', description: 'emails.replyWaitingText', audience: 'contact', toUnverified: true, sample: { conversation: { url: conversation.url } } },
  {
    id: 'transcript', label: 'emails.transcript', description: 'emails.transcriptText', audience: 'contact',
    sample: { contact: { name: 'Lina Berger' }, conversation: { ...conversation, startedAt: at }, messages: [question, answer], isCut: false, limit: 1_000 },
  },
  { id: 'code', label: 'emails.code', description: 'emails.codeText', audience: 'contact', toUnverified: true, sample: { code: '204816', minutes: 10 } },
];

export async function registerEmails(ctx: PluginContext): Promise<void> {
  for (const template of templates) await ctx.emails.template(template);
}
