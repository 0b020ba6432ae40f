import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { nobody } from '../../kernel/policy/actor.ts';
import { forEachDesk, type Answer, type Caller } from '../../../tests/support/people.ts';
import { selectBrands } from '../brands/index.ts';
import { proofOf } from './file-proof.ts';
import { readReaderArticle } from './index.ts';

forEachDesk('files of articles', (open) => {
  let picture: Buffer<ArrayBuffer>;
  beforeAll(async () => { picture = Buffer.from(await sharp({ create: { width: 3, height: 2, channels: 3, background: '#06548c' } }).png().toBuffer()); });

  const upload = async (caller: Caller, id: string, name = 'Übersicht.png', content: string | Buffer<ArrayBuffer> = picture): Promise<{ status: number; body: Answer['body'] }> => {
    const form = new FormData();
    form.set('file', new Blob([content]), name);
    const { 'Content-Type': _json, ...headers } = caller.headers;
    const response = await fetch(`${caller.url}/api/v1/articles/${id}/attachments`, { method: 'POST', headers, body: form });
    return { status: response.status, body: await response.json() };
  };
  const fetchFile = (url: string, headers: Record<string, string> = {}) => fetch(`${open().desk.url}${url}`, { headers });
  const status = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetchFile(url, headers);
    await response.arrayBuffer();
    return response.status;
  };
  const article = async (over: Record<string, unknown> = {}) => (await open().owner.post('/articles', { title: 'With pictures', ...over })).body;

  it('are the article\'s, and readers get them while a published text uses them', async () => {
    const { owner } = open();
    const { id } = await article();
    const added = await upload(owner, id);
    expect(added).toMatchObject({ status: 201, body: { name: 'Übersicht.png', type: 'image/png', isImage: true, url: expect.stringMatching(/^\/api\/v1\/article-files\/[a-z2-7]{26}$/) } });
    const { url, id: fileId } = added.body;
    expect([await status(url), await status(url, owner.headers)]).toEqual([404, 200]);
    const body = `![Overview](${url})`;
    await owner.patch(`/articles/${id}`, { body });
    expect(await status(url)).toBe(404);
    await owner.patch(`/articles/${id}`, { status: 'published' });
    const response = await fetchFile(url);
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')?.split(';')[0], response.headers.get('content-security-policy')]).toEqual([200, 'image/png', 'inline', "sandbox; default-src 'none'"]);
    expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width).toBe(3);
    expect((await owner.get(`/articles/${id}`)).body.attachments).toEqual([added.body]);
    expect((await owner.post(`/articles/${id}/preview`, { body })).body.html).toContain(`src="${url}"`);
    await owner.patch(`/articles/${id}`, { body: 'no picture any more' });
    expect(await status(url)).toBe(404);
    await owner.patch(`/articles/${id}`, { body });
    for (const change of [{ audience: 'internal' }, { audience: 'public', status: 'draft' }]) {
      await owner.patch(`/articles/${id}`, change);
      expect(await status(url)).toBe(404);
    }
    await owner.patch(`/articles/${id}`, { status: 'published' });
    expect(await status(url)).toBe(200);
    expect((await owner.delete(`/articles/${id}/attachments/${fileId}`)).status).toBe(204);
    expect([await status(url), (await owner.delete(`/articles/${id}/attachments/${fileId}`)).status]).toEqual([404, 404]);
  });

  it('of a text for signed-in people come with a proof, which holds for no other file and not for long', async () => {
    const { owner, desk } = open();
    const { id } = await article({ audience: 'signed-in', title: 'For members' });
    const { url, id: fileId } = (await upload(owner, id)).body;
    await owner.patch(`/articles/${id}`, { body: `![x](${url})`, status: 'published' });
    expect(await status(url)).toBe(404);
    const [brand] = await selectBrands(desk.kernel.db.knex);
    if (!brand) throw new Error('no brand');
    const page = await readReaderArticle(createActionContext(desk.kernel, nobody), { brand, audiences: ['public', 'signed-in'], locale: 'en', slug: 'for-members' });
    const proved = /src="([^"]+)"/.exec(page?.html ?? '')?.[1] ?? '';
    expect(proved).toContain('?proof=');
    expect(await status(proved)).toBe(200);
    const day = 86_400_000;
    const with_ = (proof: string) => status(`${url}?proof=${proof}`);
    expect([await with_(proofOf(desk.kernel, fileId, Date.now() - day)), await with_(proofOf(desk.kernel, fileId, Date.now() - 2 * day)), await with_(proofOf(desk.kernel, fileId, Date.now() + day)), await with_(proofOf(desk.kernel, 'a'.repeat(26), Date.now())), await with_('x'), await with_('1.')])
      .toEqual([200, 404, 404, 404, 404, 404]);
    await owner.patch(`/articles/${id}`, { audience: 'internal' });
    expect(await status(proved)).toBe(404);
  });

  it('of another article are not shown, and are never pages', async () => {
    const { owner } = open();
    const [one, two] = [await article({ title: 'One' }), await article({ title: 'Two', audience: 'internal' })];
    const hidden = (await upload(owner, two.id)).body.url;
    expect((await owner.post(`/articles/${one.id}/preview`, { body: `![x](${hidden}) [y](${hidden})` })).body.html).not.toContain('article-files');
    await owner.patch(`/articles/${one.id}`, { body: `![x](${hidden})`, status: 'published' });
    expect(await status(hidden)).toBe(404);
    const page = (await upload(owner, one.id, '../../x.html', '<script>alert(1)</script>')).body;
    expect(page).toMatchObject({ name: 'x.html', isImage: false });
    await owner.patch(`/articles/${one.id}`, { body: `[x](${page.url})` });
    const response = await fetchFile(page.url);
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')?.split(';')[0]]).toEqual([200, 'application/octet-stream', 'attachment']);
    await response.body?.cancel();
    expect(await status(`/api/v1/article-files/${'a'.repeat(26)}`)).toBe(404);
  });

  it('are taken in from those who may edit the article', async () => {
    const { owner } = open();
    const { id } = await article();
    const { caller: agent } = await open().person('agent');
    const brandId = (await owner.post('/brands', { name: 'Away', slug: 'away' })).body.id;
    const { caller: editor } = await open().person('knowledge-editor', { brandIds: [brandId] });
    const file = (await upload(owner, id)).body;
    expect([(await upload(agent, id)).status, (await upload(editor, id)).status, (await agent.delete(`/articles/${id}/attachments/${file.id}`)).status, (await editor.delete(`/articles/${id}/attachments/${file.id}`)).status]).toEqual([403, 404, 403, 404]);
    expect([await status(file.url, agent.headers), await status(file.url, editor.headers)]).toEqual([200, 404]);
  });
});
