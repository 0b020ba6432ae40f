/** The script tag for the customer's own pages. */
export const embedSnippet = (origin: string, brandSlug: string, widgetSlug: string): string =>
  `<script src="${origin}/widget.js" data-tenant="${brandSlug}" data-widget="${widgetSlug}" async></${'script'}>`;
