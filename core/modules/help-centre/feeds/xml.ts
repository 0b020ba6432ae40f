import { escapeHtml } from '../../../kernel/html/escape.ts';

/** Letters that no XML may hold, however they are written. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text between tags, or between the quotation marks of an attribute. */
export const xmlText = (text: string): string => escapeHtml(text.toWellFormed().replace(forbidden, ''));
