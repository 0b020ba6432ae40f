import { gunzipSync } from 'node:zlib';
import { decodeText } from './decode-text.ts';
import { Unreadable, type ReadSitemap } from './reading.ts';

const mostBytes = 50 * 1024 * 1024;

/** Addresses of a sitemap (XML, plain text, either of them gzipped), at most so many; absolute ones only. */
export function readSitemap({ bytes, most }: { bytes: Uint8Array; url: string; most: number }): ReadSitemap {
  const text = decodeText(bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes) : bytes).trimStart();
  if (!text.startsWith('<')) return { pages: text.split(/\r?\n/, most).filter((line) => URL.canParse(line)), sitemaps: [] };
  const isIndex = /<sitemapindex[\s>]/i.test(text.slice(0, 4_096));
  if (!isIndex && !/<urlset[\s>]/i.test(text.slice(0, 4_096))) throw new Unreadable('sitemap');
  const found: string[] = [];
  for (const match of text.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^<\s\]]{1,2000})/gi)) {
    const address = unescaped(match[1] ?? '');
    if (URL.canParse(address)) found.push(address);
    if (found.length >= most) break;
  }
  return isIndex ? { pages: [], sitemaps: found } : { pages: found, sitemaps: [] };
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    throw new Unreadable('sitemap');
  }
}

const unescaped = (text: string): string => text.replace(/&amp;/g, '&').replace(/&#38;/g, '&').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>');
