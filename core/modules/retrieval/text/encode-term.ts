/** Signs of a term that are kept: InnoDB indexes words of up to 84 signs, and a sign outside ASCII takes four. */
const longestPlain = 60;
const longestOther = 19;

const isPlain = (term: string): boolean => /^[a-z0-9]+$/.test(term);
export const cutTerm = (term: string): string => term.slice(0, isPlain(term) ? longestPlain : longestOther);

/**
 * A term as the full-text indexes keep it: letters and digits of ASCII alone, never shorter than their shortest word and never one
 * of their stop words, so that SQLite and MySQL cut and find the same.
 */
export const encodeTerm = (term: string): string => (isPlain(term) ? `xx${term}` : `xu${Buffer.from(term, 'utf16le').toString('hex')}`);
export const decodeTerm = (encoded: string): string => (encoded.startsWith('xx') ? encoded.slice(2) : Buffer.from(encoded.slice(2), 'hex').toString('utf16le'));
