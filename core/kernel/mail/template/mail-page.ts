import { escapeHtml } from './formatted-text.ts';
import type { MailLook } from './mail-html.ts';

/** What surrounds the text of a mail. */
export interface MailFrame extends MailLook {
  locale: string;
  /** Name that stands above the text, of the brand or the desk. */
  name: string;
  /** Why somebody gets this mail. */
  reason: string;
  unsubscribe: { url: string; label: string } | null;
}

/** For the programs that follow the reader's dark mode by style sheets; the others turn the colours themselves. */
const sheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.pb-ground,.pb-page{background:#12151c!important}
.pb-card{background:#1b1f29!important;border-color:#2c3240!important}
.pb-text{color:#e6e8ee!important}
.pb-link{color:#8fb4ff!important}
.pb-line{border-color:#3a4152!important}
.pb-foot,.pb-foot a{color:#a0a7b8!important}
}
@media (max-width:480px){.pb-page{padding:0!important}.pb-card{border-radius:0!important;border-inline-width:0!important}}`;

/** One column on a plain ground, in tables and with styles at each element, for the sake of Outlook and Gmail. */
export function mailPage(frame: MailFrame, subject: string, body: string): string {
  const side = frame.direction === 'rtl' ? 'right' : 'left';
  const font = "font-family:Inter,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  const table = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  const leave = frame.unsubscribe
    ? ` <a href="${escapeHtml(frame.unsubscribe.url)}" target="_blank" rel="noopener noreferrer" style="color:#646c7e;text-decoration:underline">${escapeHtml(frame.unsubscribe.label)}</a>` : '';
  return `<!doctype html>
<html lang="${escapeHtml(frame.locale)}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${sheet}</style>
</head>
<body class="pb-ground" style="margin:0;padding:0;background:#f3f5f8">
<table ${table} class="pb-page" style="background:#f3f5f8;padding:24px 12px"><tr><td align="center">
<table ${table} class="pb-card" style="max-width:600px;background:#ffffff;border:1px solid #e3e6ec;border-radius:12px;border-collapse:separate;overflow:hidden">
<tr><td bgcolor="${frame.accent}" align="${side}" style="padding:16px 28px;background:${frame.accent};color:${frame.ink};${font};font-size:16px;line-height:24px;font-weight:700">${escapeHtml(frame.name)}</td></tr>
<tr><td class="pb-text" align="${side}" dir="${frame.direction}" style="padding:28px 28px 12px;color:#1d2330;${font};font-size:15px;line-height:24px;overflow-wrap:anywhere;word-break:break-word">
${body}</td></tr>
</table>
<table ${table} style="max-width:600px"><tr><td class="pb-foot" align="${side}" dir="${frame.direction}" style="padding:16px 28px 24px;color:#646c7e;${font};font-size:12px;line-height:18px">${escapeHtml(frame.reason)}${leave}</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

export function footerText({ reason, unsubscribe }: MailFrame): string {
  return `-- \n${reason}${unsubscribe ? `\n${unsubscribe.label}: ${unsubscribe.url}` : ''}`;
}
