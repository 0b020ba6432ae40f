import type { Operation, Parameter } from './api-document.ts';

/** What the form holds. */
export interface Filled {
  /** By `place name`; empty ones are not sent. */
  values: ReadonlyMap<string, string>;
  body: string | File | null;
  token: string;
  locale: string;
}

export const keyOf = (parameter: Parameter): string => `${parameter.in} ${parameter.name}`;

function addressOf(operation: Operation, values: ReadonlyMap<string, string>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(`path ${name}`) ?? ''));
  const query = new URLSearchParams();
  for (const parameter of operation.parameters) {
    const value = values.get(keyOf(parameter));
    if (parameter.in === 'query' && value) query.set(parameter.name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function headersOf(operation: Operation, filled: Filled): Record<string, string> {
  const headers: Record<string, string> = {};
  if (filled.token) headers.Authorization = `Bearer ${filled.token}`;
  if (typeof filled.body === 'string') headers['Content-Type'] = 'application/json';
  for (const parameter of operation.parameters) {
    const value = filled.values.get(keyOf(parameter));
    if (parameter.in === 'header' && value) headers[parameter.name] = value;
  }
  return headers;
}

/** The request to this desk. With a token the session's cookie stays at home. */
export function requestOf(operation: Operation, filled: Filled): { address: string; init: RequestInit } {
  const form = new FormData();
  if (filled.body instanceof File) form.set('file', filled.body);
  const body = filled.body instanceof File ? form : filled.body;
  return {
    address: addressOf(operation, filled.values),
    init: {
      method: operation.method.toUpperCase(),
      headers: { ...headersOf(operation, filled), 'Accept-Language': filled.locale },
      credentials: filled.token ? 'omit' : 'same-origin',
      redirect: 'manual',
      ...(body === null ? {} : { body }),
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request for a terminal. The token is named, never written. */
export function curlOf(operation: Operation, filled: Filled, origin: string): string {
  const { Authorization: _own, ...headers } = headersOf(operation, filled);
  const isOpen = 'public' in operation.access;
  return [
    `curl -X ${operation.method.toUpperCase()} ${quoted(origin + addressOf(operation, filled.values))}`,
    ...(isOpen ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(typeof filled.body === 'string' ? [`-d ${quoted(filled.body)}`] : []),
    ...(filled.body instanceof File ? [`-F ${quoted(`file=@${filled.body.name}`)}`] : []),
  ].join(' \\\n  ');
}
