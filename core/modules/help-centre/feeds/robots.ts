/** Which addresses are for search engines, and where each brand lists its own. */
export const robotsOf = (publicUrl: string, brands: readonly { slug: string }[]): string => `User-agent: *
Allow: /api/v1/article-files/
Disallow: /admin
Disallow: /api/
Disallow: /widget/
Disallow: /hooks/
Disallow: /portal/*/articles?q=
Disallow: /portal/*/articles/search.json

${brands.map(({ slug }) => `Sitemap: ${publicUrl}/portal/${slug}/sitemap.xml\n`).join('')}`;
