import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchDir } from '../../../tests/support/scratch.ts';
import type { FileStore } from './files.ts';
import { createLocalFiles } from './local-files.ts';

describe('files of strangers', () => {
  let dir: string;
  let files: FileStore;
  beforeAll(async () => {
    dir = await scratchDir('pb-files-');
    files = await createLocalFiles(dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const put = async (name: string, content: string | Buffer) => {
    const path = join(files.uploadDir, 'upload');
    await writeFile(path, content);
    return files.put(path, name);
  };
  const png = () => sharp({ create: { width: 3, height: 2, channels: 3, background: '#06548c' } }).png().toBuffer();

  it.each([
    ['picture.png', '<html><script>alert(1)</script>'], ['picture.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['page.html', '<!doctype html><script>alert(1)</script>'], ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['script.js', 'alert(1)'], ['picture.jpg', 'words'],
  ])('takes no type from a name: %s', async (name, content) => {
    const stored = await put(name, content);
    expect(stored).toMatchObject({ isImage: false, width: null, height: null });
    expect(stored.type).not.toMatch(/^image\/(?!svg)|html|javascript/);
  });

  it('knows a picture by its bytes, whatever it is called', async () => {
    expect(await put('letter.txt', await png())).toMatchObject({ type: 'image/png', isImage: true, width: 3, height: 2 });
  });

  it('keeps of a picture the pixels only', async () => {
    const photo = await sharp(await png()).withExif({ IFD0: { ImageDescription: 'canary-exif' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } }).jpeg().toBuffer();
    expect(photo.includes('canary-exif')).toBe(true);
    for (const [name, content] of [['photo.jpg', photo], ['twofold.png', Buffer.concat([await png(), Buffer.from('<script>canary-tail</script>')])]] as const) {
      const { key } = await put(name, content);
      const kept = await buffer(await files.read(key));
      expect(kept.toString('latin1')).not.toMatch(/canary/);
      expect((await sharp(kept).metadata()).exif).toBeUndefined();
    }
  });

  it('shows no picture that cannot be read', async () => {
    expect(await put('broken.png', (await png()).subarray(0, 40))).toMatchObject({ isImage: false });
  });

  it('takes no empty file, keeps nothing of an upload beside it, and reaches nothing by a path', async () => {
    await expect(put('nothing.txt', '')).rejects.toMatchObject({ code: 'file_empty' });
    expect(await readdir(files.uploadDir)).toEqual([]);
    for (const key of ['../../etc/passwd', '..', '', 'a'.repeat(25)]) await expect(files.read(key)).rejects.toMatchObject({ status: 404 });
  });
});
