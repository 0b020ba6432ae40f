import type { PluginResponse } from '@plugboard/sdk';
import type { Context } from 'koa';
import { AppError, notFound } from '../errors.ts';
import { pageHeaders, untrustedFileHeaders } from '../http/headers.ts';
import type { HttpState } from '../http/state.ts';
import type { PluginHost } from './plugin-host.ts';
import type { PluginInstance } from './plugin-instance.ts';
import type { PluginDesk } from './services.ts';
import { sendStream } from './stream-response.ts';

interface Answer { host: PluginHost; instance: PluginInstance; point: string; life: AbortController; desk: PluginDesk; response: PluginResponse; ctx: Context & { state: HttpState } }

/** Headers that a plugin may set. All that guard the browser are the host's. */
const ownHeaders = new Set(['cache-control', 'etag', 'last-modified', 'vary', 'content-language', 'retry-after', 'link', 'cross-origin-resource-policy', 'x-robots-tag', 'idempotent-replayed', 'x-session-id', 'x-conversation-id', 'x-handled-by']);

/** Sends what a plugin's route answered. */
export async function sendPluginResponse({ host, instance, point, life, desk, response, ctx }: Answer): Promise<void> {
  if (typeof response !== 'object' || response === null) throw new AppError(502, 'plugin_failed');
  ctx.set('Cache-Control', 'no-store');
  if ('file' in response) return sendFile(desk, response, ctx);
  if ('redirect' in response) return redirect(response.redirect, ctx);
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    if (ownHeaders.has(name.toLowerCase()) || name.toLowerCase().startsWith('x-plugin-')) ctx.set(name, value);
  }
  ctx.status = statusOf(response);
  if ('html' in response) await sendPage(host, response, ctx);
  else if ('script' in response) sendScript(response.script, ctx);
  else if ('stream' in response) await sendStream({ instance, point, life, stream: response.stream }, ctx);
  else if (response.body !== undefined) {
    ctx.body = JSON.stringify(response.body);
    ctx.type = 'application/json';
  } else ctx.body = null;
  if (response.status !== undefined) ctx.status = statusOf(response);
  return undefined;
}

function statusOf(response: { status?: number }): number {
  const { status } = response;
  if (status === undefined) return ['body', 'html', 'script', 'stream'].some((key) => key in response) ? 200 : 204;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new AppError(502, 'plugin_failed');
  return status;
}

async function sendPage(host: PluginHost, response: { html: string; frameAncestors?: string[] }, ctx: Context): Promise<void> {
  const { hooks } = host.deps.kernel;
  const sources = await hooks.filter('csp.sources', { connect: [], img: [], frame: [] }, { surface: 'widget' }, { type: 'system', id: null });
  pageHeaders(ctx, { ...sources, ancestors: (response.frameAncestors ?? []).filter(isAncestor) });
  ctx.type = 'text/html';
  ctx.body = response.html;
}

/** An origin, `'self'` or `*`; nothing that could begin another directive. */
const isAncestor = (source: string): boolean => source === "'self'" || source === '*' || /^https?:\/\/[\w*.:[\]-]+$/.test(source);

function sendScript(script: string, ctx: Context): void {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  ctx.type = 'text/javascript';
  ctx.body = script;
}

async function sendFile(desk: PluginDesk, { file, contactId }: { file: string; contactId: string }, ctx: Context): Promise<void> {
  const open = await desk.openFile({ fileId: file, contactId });
  if (!open) throw notFound('file');
  untrustedFileHeaders(ctx, open);
  ctx.status = 200;
  ctx.length = open.size;
  ctx.body = open.content;
}

function redirect(address: string, ctx: Context): void {
  const isHere = /^\/(?![/\\])/.test(address);
  if (!isHere && !/^https?:\/\//.test(address)) throw new AppError(502, 'plugin_failed');
  ctx.redirect(address);
}
