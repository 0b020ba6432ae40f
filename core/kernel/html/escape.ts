const special = /[&<>"']/;
const each = /[&<>"']/g;

/** A text as it stands in markup, between quotation marks too. */
export const escapeHtml = (text: string): string => (special.test(text) ? text.replace(each, (char) => `&#${char.charCodeAt(0)};`) : text);

/** JSON for a `<script type="application/json">` block: nothing in it can end the block. */
export const jsonForHtml = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
