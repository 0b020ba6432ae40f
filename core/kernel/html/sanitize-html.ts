import sanitize from 'sanitize-html';

/** What an allow-list may say about a link or a picture on its way out; null takes it away and leaves its text. */
export type AddressRule = (address: string) => Record<string, string> | null;

export interface HtmlRules {
  tags: readonly string[];
  attributes: Readonly<Record<string, readonly string[]>>;
  classes: Readonly<Record<string, readonly string[]>>;
  link: AddressRule;
  picture: AddressRule;
}

/**
 * The desk's one sanitiser: what comes out has the tags, attributes and classes that the rules name, and nothing else. Styles
 * and handlers never pass; addresses are decided by the rules, whatever the text claims.
 */
export function sanitizeHtml(html: string, rules: HtmlRules): string {
  return sanitize(html, {
    allowedTags: [...rules.tags],
    allowedAttributes: Object.fromEntries(Object.entries(rules.attributes).map(([tag, names]) => [tag, [...names]])),
    allowedClasses: Object.fromEntries(Object.entries(rules.classes).map(([tag, names]) => [tag, [...names]])),
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nestingLimit: 60,
    transformTags: {
      a: (tagName, { href, ...kept }) => ({ tagName, attribs: { ...kept, ...(href === undefined ? {} : rules.link(href) ?? {}) } }),
      img: (tagName, { src, ...kept }) => ({ tagName, attribs: { ...kept, ...(src === undefined ? {} : rules.picture(src) ?? {}) } }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
  });
}
