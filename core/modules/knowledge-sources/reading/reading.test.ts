import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../kernel/log/log.ts';
import { FileReader } from './file-reader.ts';
import type { FileType, ReadRequest } from './reading.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A zip file of these entries; `size` is what its directory says of an entry. */
function zip(entries: Record<string, string | Buffer>, size?: number): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(8, 8); head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(size ?? content.length, 22); head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 6); entry.writeUInt16LE(8, 10); entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size ?? content.length, 24); entry.writeUInt16LE(name.length, 28); entry.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  const listed = Buffer.concat(directory);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(Object.keys(entries).length, 8); end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(listed.length, 12); end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}

const word = (body: string, more: Record<string, string | Buffer> = {}, size?: number): Uint8Array => zip({
  '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  ...more,
}, size);
const paragraph = (text: string, style = ''): string => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t>${text}</w:t></w:r></w:p>`;

const pdf = (text: string): Uint8Array => bytesOf([
  '%PDF-1.4', '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj', '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj',
  `4 0 obj<</Length ${text.length + 34}>>stream\nBT /F1 18 Tf 20 100 Td (${text}) Tj ET\nendstream endobj`,
  '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj', 'trailer<</Root 1 0 R>>',
].join('\n'));

const docx: FileType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('texts of strangers, read in a process of their own', () => {
  const readers: FileReader[] = [];
  const make = (limits: ConstructorParameters<typeof FileReader>[1] = {}): FileReader => {
    const reader = new FileReader(createLog({ level: 'silent', isPretty: false }), limits);
    readers.push(reader);
    return reader;
  };
  const reader = make();
  afterAll(() => { for (const each of readers) each.stop(); });
  const file = (type: FileType, bytes: Uint8Array | string, name = 'guide.bin') => reader.read({ kind: 'file', type, name, bytes: typeof bytes === 'string' ? bytesOf(bytes) : bytes });
  const page = (html: string | Buffer, contentType = 'text/html') => reader.read({ kind: 'page', bytes: typeof html === 'string' ? bytesOf(html) : new Uint8Array(html), url: 'https://x.test/docs/a', contentType });

  it.each<[string, string | Uint8Array, FileType | null]>([
    ['a.txt', pdf('x'), 'application/pdf'], ['a.pdf', 'just words', 'text/plain'], ['a.exe', word(paragraph('x')), docx], ['a.docx', zip({ 'a.txt': 'x' }), null], ['a.txt', '<!doctype html><p>x', 'text/html'],
    ['a.csv', 'a;b\n1;2', 'text/csv'], ['a.csv', 'no table', 'text/plain'], ['a.json', '{"a":1}', 'application/json'], ['a.json', '{ not json', 'text/plain'], ['a.md', '# x', 'text/markdown'],
    ['a.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), null], ['a.md', new Uint8Array([0xff, 0xfe, 0x41, 0]), 'text/markdown'], ['../../a.md\u0000.html', 'x', 'text/plain'],
  ])('are known by their content: %s', async (name, content, type) => expect(await reader.typeOf(typeof content === 'string' ? bytesOf(content) : content, name)).toBe(type));

  it('are Markdown afterwards, whatever they were', async () => {
    expect(await file('application/pdf', pdf('Refunds take five days.'), 'refunds.pdf')).toMatchObject({ title: 'refunds', markdown: 'Refunds take five days.' });
    expect(await file(docx, word(paragraph('Returns', 'Heading1') + paragraph('Send it back within a month.')))).toMatchObject({ title: 'Returns', markdown: '# Returns\n\nSend it back within a month.' });
    expect(await file('text/csv', '\ufeffName;Price\r\n"Big; red";3\r\nBlue;\r\n')).toMatchObject({ markdown: '- Name: Big; red\n- Price: 3\n\n- Name: Blue' });
    expect((await file('application/json', '{"faq":[{"q":"How?","a":{"en":"So."},"tags":["x","y"]}]}')).markdown).toBe('## faq\n\n- q: How?\n- a, en: So.\n- tags: x, y');
    expect(await file('text/markdown', '---\ntitle: "Front"\n---\n# Other\n\nText')).toMatchObject({ title: 'Front', markdown: '# Other\n\nText' });
    expect((await file('text/html', '<html lang="en"><title>T</title><body><main><h1>Head</h1><p>Body <a href="javascript:alert(1)">x</a><script>alert(1)</script></main>')).markdown).toBe('Body x');
    expect(await file('text/plain', Buffer.from('Die Größe der Tür ist für das Haus nicht gleich und wird gemessen', 'latin1'))).toMatchObject({ locale: 'de', markdown: expect.stringContaining('Größe') });
    expect(await file('text/plain', 'هذا نص طويل بما يكفي لمعرفة لغته من حروفه')).toMatchObject({ locale: 'ar' });
  });

  it('lose of a page what is around its text, and keep its links whole', async () => {
    const html = '<html lang="de_DE"><head><title>Zurücksetzen | Seite</title><link rel=canonical href="/docs/b"><meta name=robots content="nofollow"><base href="https://x.test/base/"></head><body><header>Logo</header><nav><a href="/nav">Nav</a></nav>'
      + '<main><h1>Zurücksetzen</h1><p>Tu <a href="x?y=1#z">das</a>.</p><table><tr><th>A<th>B<tr><td>1|2<td>3</table><form><input value=x><button>Send</button></form><img src=x alt=Bild><script>alert(1)</script></main><footer>Fuß</footer></body></html>';
    expect(await page(html)).toEqual({
      title: 'Zurücksetzen', locale: 'de-DE', isLocaleSaid: true, canonical: 'https://x.test/docs/b', isNoindex: false, isNofollow: true,
      links: ['https://x.test/nav', 'https://x.test/base/x?y=1'], markdown: 'Tu [das](https://x.test/base/x?y=1#z).\n\n| A | B |\n| --- | --- |\n| 1\\|2 | 3 |\n\nBild',
    });
    expect((await page(Buffer.from('<meta charset="windows-1256"><title>x</title><p>\xe3\xd1\xcd\xc8\xc7 \xc8\xdf\xe3 \xdd\xed \xe3\xdf\xca\xc8 \xc7\xe1\xe3\xd3\xc7\xda\xcf\xc9', 'latin1'))).markdown).toBe('مرحبا بكم في مكتب المساعدة');
    expect((await page(`${'<div>'.repeat(3_000)}far down`)).markdown).toContain('far down');
  });

  it.each<[string, FileType, string | Uint8Array, string]>([
    ['an empty one', 'text/plain', ' \n ', 'empty'], ['a broken PDF', 'application/pdf', '%PDF-1.7 nothing', 'unreadable'], ['a broken docx', docx, 'PK\u0003\u0004', 'unreadable'],
    ['a docx that is cut off', docx, word(paragraph('x')).slice(0, 300), 'unreadable'], ['broken JSON', 'application/json', '{', 'unreadable'], ['JSON without end', 'application/json', '['.repeat(200_000), 'unreadable'],
    ['a docx that unpacks to much more', docx, word(paragraph('x'), { 'word/media/a.xml': Buffer.alloc(80 * 1024 * 1024) }), 'too_complex'],
    ['one that lies about it', docx, word(paragraph('x'), { 'word/media/a.xml': Buffer.alloc(80 * 1024 * 1024) }, 10), 'too_complex'],
  ])('tell why they cannot be read: %s', async (_what, type, content, key) => {
    await expect(file(type, content)).rejects.toMatchObject({ key });
    expect((await file('text/plain', 'still there')).markdown).toBe('still there');
  });

  it('end with their process when they take too long or too much memory, and the next one is read', async () => {
    const small = make({ timeoutMs: 20_000, pageMs: 500, memoryMb: 200 });
    const slow: ReadRequest = { kind: 'page', bytes: bytesOf('<b><div>'.repeat(150_000)), url: 'https://x.test/', contentType: 'text/html' };
    const large: ReadRequest = { kind: 'file', type: 'text/csv', name: 'a.csv', bytes: bytesOf('a,b\n'.repeat(2_400_000)) };
    const answers = await Promise.allSettled([small.read(slow), small.read(large), small.read({ kind: 'file', type: 'text/plain', name: 'a', bytes: bytesOf('fine') })]);
    expect(answers).toMatchObject([{ status: 'rejected', reason: { key: 'too_complex' } }, { status: 'rejected', reason: { key: 'too_complex' } }, { status: 'fulfilled', value: { markdown: 'fine' } }]);
  });

  it('see nothing of the desk and can write nothing', async () => {
    const { env, execArgv } = await inside();
    expect(env).toEqual([]);
    expect(execArgv).toEqual(expect.arrayContaining(['--permission', '--allow-worker']));
  });

  /** What the process was started with, as the system tells it. */
  async function inside(): Promise<{ env: string[]; execArgv: string[] }> {
    await reader.typeOf(bytesOf('x'), 'x');
    const read = async (name: string) => (await readFile(`/proc/${reader.pid}/${name}`, 'utf8')).split('\u0000').filter(Boolean);
    return { env: (await read('environ')).filter((entry) => !entry.startsWith('NODE_CHANNEL')), execArgv: await read('cmdline') };
  }
});
