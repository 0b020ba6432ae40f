/** The text of bytes: by its byte order mark, by what was said about it, else as UTF-8; what is no valid UTF-8 is Windows-1252. */
export function decodeText(bytes: Uint8Array, said: string | null = null): string {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  for (const label of [mark, 'utf-8', said]) {
    // What is valid UTF-8 is UTF-8, whatever else was said about it: the other way round it would be gibberish.
    const text = label === null ? null : tryDecode(bytes, label, label !== said || label === 'utf-8');
    if (text !== null) return clean(text);
  }
  return clean(tryDecode(bytes, 'windows-1252', false) ?? '');
}

function tryDecode(bytes: Uint8Array, label: string, isStrict: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal: isStrict }).decode(bytes);
  } catch {
    return null;
  }
}

const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** The charset that a page names, in its header or its first kilobytes. */
export function charsetOf(contentType: string, bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return /charset\s*=\s*["']?([\w-]{1,40})/i.exec(contentType)?.[1] ?? /<meta[^>]{0,300}charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1] ?? null;
}
