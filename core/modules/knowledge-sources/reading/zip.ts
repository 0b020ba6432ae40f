import { inflateRawSync } from 'node:zlib';
import { Unreadable } from './reading.ts';

export interface ZipEntry { name: string; packedSize: number; size: number; method: number; at: number }

const most = { entries: 5_000, bytes: 60 * 1024 * 1024 } as const;

/** What a zip file says that it holds. Throws for one that makes no sense. */
export function listZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > most.entries) throw new Unreadable('too_complex');
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new Unreadable('unreadable');
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)), method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 66_000); at -= 1) if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Unreadable('unreadable');
}

/**
 * Unpacks every entry once and throws it away: what is said about sizes may be a lie, so they are measured before a library that
 * trusts them gets the file.
 */
export function refuseZipBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left: number = most.bytes;
  for (const entry of listZip(bytes)) {
    if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50) throw new Unreadable('unreadable');
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    left -= entry.method === 0 ? entry.packedSize : inflatedSize(bytes.subarray(from, from + entry.packedSize), left);
    if (left < 0 || entry.size > most.bytes) throw new Unreadable('too_complex');
  }
}

function inflatedSize(packed: Uint8Array, limit: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit + 1) }).length;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new Unreadable('too_complex');
    throw new Unreadable('unreadable');
  }
}
