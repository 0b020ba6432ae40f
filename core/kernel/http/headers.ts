import type { Context } from 'koa';

/** Headers that every answer has. */
export function baseHeaders(ctx: Context, isSecure: boolean): void {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
  ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
  ctx.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
  ctx.set('X-Frame-Options', 'DENY');
  ctx.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  if (isSecure) ctx.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}

export interface PagePolicy {
  /** `'sha256-…'` or `'nonce-…'` sources besides 'self'. */
  scripts?: readonly string[];
  styles?: readonly string[];
  connect?: readonly string[];
  img?: readonly string[];
  frame?: readonly string[];
  /** Origins that may frame the page; none unless told. */
  ancestors?: readonly string[];
}

/** Content security policy of an HTML page of ours. */
export function pageHeaders(ctx: Context, policy: PagePolicy = {}): void {
  const ancestors = policy.ancestors?.length ? policy.ancestors.join(' ') : "'none'";
  ctx.set('Content-Security-Policy', [
    "default-src 'self'",
    `script-src ${["'self'", ...(policy.scripts ?? [])].join(' ')}`,
    `style-src ${["'self'", ...(policy.styles ?? [])].join(' ')}`,
    `img-src ${["'self'", 'data:', 'blob:', ...(policy.img ?? [])].join(' ')}`,
    "font-src 'self'",
    `connect-src ${["'self'", ...(policy.connect ?? [])].join(' ')}`,
    `frame-src ${["'self'", 'blob:', ...(policy.frame ?? [])].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; '));
  if (policy.ancestors?.length) {
    ctx.remove('X-Frame-Options');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  }
}

/** Headers of a file that a stranger gave us: never rendered as a page, never sniffed. */
export function untrustedFileHeaders(ctx: Context, file: { name: string; type: string; isInline: boolean }): void {
  ctx.set('Content-Security-Policy', "sandbox; default-src 'none'");
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cache-Control', 'private, max-age=3600');
  ctx.type = file.isInline ? file.type : 'application/octet-stream';
  const ascii = file.name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  ctx.set('Content-Disposition', `${file.isInline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`);
}
