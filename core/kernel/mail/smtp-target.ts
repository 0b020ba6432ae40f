import { lookup } from 'node:dns/promises';
import type { Config } from '../config/config.ts';
import { isPublicAddress } from '../http/address-check.ts';

/** A mail server that somebody typed and that lies inside the network of the desk. */
export class SmtpInsideError extends Error {
  readonly code = 'EINSIDE';
}

const defaultPort = (url: URL): string => url.port || (url.protocol === 'smtps:' ? '465' : '587');

/**
 * Where to connect for an SMTP address out of Settings: to the very address that was checked, with the name kept for the
 * certificate. SMTP_URL is the operator's own word; hosts of ALLOW_PRIVATE_NETWORK are meant to be reached.
 */
export async function smtpTarget(smtpUrl: string, config: Pick<Config, 'smtpUrl' | 'allowPrivateNetwork'>): Promise<{ url: string; tls?: { servername: string } }> {
  if (smtpUrl === config.smtpUrl) return { url: smtpUrl };
  const url = new URL(smtpUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const allowed = config.allowPrivateNetwork.map((entry) => entry.toLowerCase());
  if (allowed.includes(host.toLowerCase()) || allowed.includes(`${host.toLowerCase()}:${defaultPort(url)}`)) return { url: smtpUrl };
  const found = await lookup(host, { all: true });
  const [first] = found;
  if (!first || found.some(({ address }) => !isPublicAddress(address))) throw new SmtpInsideError(`${host} is inside the network`);
  url.hostname = first.family === 6 ? `[${first.address}]` : first.address;
  return { url: url.href, tls: { servername: host } };
}
