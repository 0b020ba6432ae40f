import { describe, expect, it } from 'vitest';
import { safeFileName } from './store-attachment.ts';

describe('safeFileName', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['a\u0000b\r\nc.txt', 'abc.txt'],
    ['in\u202egnp.exe', 'ingnp.exe'],
    ['', 'file'],
    ['..', 'file'],
    ['.htaccess', '.htaccess'],
    ['"quoted" \u{1f600}.png', '"quoted" \u{1f600}.png'],
  ])('%j → %j', (given, name) => expect(safeFileName(given)).toBe(name));

  it('cuts a long name and keeps its ending', () => {
    const name = safeFileName(`${'x'.repeat(300)}.pdf`);
    expect(name).toHaveLength(200);
    expect(name.endsWith('.pdf')).toBe(true);
  });
});
