/** What marks where a visitor came from, or one visit: the page is the same without it. */
const marks = /^(utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|ref|_ga|_gl|phpsessid|jsessionid|aspsessionid\w*|sid|sessionid|session_id|s_id|cfid|cftoken)$/i;
const notPages = /\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?|css|js|mjs|map|json|xml|rss|atom|zip|gz|tgz|tar|7z|rar|dmg|exe|msi|apk|iso|mp[34]|m4[av]|mov|avi|webm|ogg|wav|woff2?|ttf|eot|docx?|xlsx?|pptx?)$/i;
const most = { length: 1_000, segments: 15, repeats: 2, parameters: 8 } as const;

/**
 * One spelling for the addresses of one page, or null for what is none: a picture, a path that goes round in a circle. Without
 * fragment, session and campaign marks; parameters in the order of their names.
 */
export function pageAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return null;
  url.hash = '';
  url.pathname = url.pathname.replace(/;[^/]*/g, '').replace(/\/{2,}/g, '/');
  for (const name of [...url.searchParams.keys()]) if (marks.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  if (notPages.test(url.pathname) || url.href.length > most.length || isMaze(url)) return null;
  return url.href;
}

/** The same part of the path again and again, or more parts and parameters than a person would follow. */
function isMaze(url: URL): boolean {
  const segments = url.pathname.split('/').filter(Boolean);
  if (segments.length > most.segments || [...url.searchParams.keys()].length > most.parameters) return true;
  return segments.some((segment) => segments.filter((other) => other === segment).length > most.repeats);
}
