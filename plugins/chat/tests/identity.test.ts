import { generateKeyPairSync, sign as signRsa } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Visitor } from '../../../tests/support/visitor.ts';
import { seconds, sign, VisitorDesk } from './visitor-desk.ts';

let desk: VisitorDesk;
let secret: string;
let otherSecret: string;
beforeAll(async () => {
  desk = await VisitorDesk.start();
  const { brandId } = await desk.widget();
  await desk.asAdmin('POST', '/api/v1/widgets', { name: 'Other', slug: 'other', brandId });
  secret = await desk.secret();
  otherSecret = await desk.secret('other');
});
afterAll(() => desk?.stop());

const good = (claims: Record<string, unknown> = {}) => ({ user_id: 'u_1', email: 'lina@example.com', name: 'Lina Berger', iat: seconds(), exp: seconds(900), ...claims });
const reason = async (userToken: string, body: Record<string, unknown> = {}) => {
  const answer = await desk.session({ userToken, ...body });
  return [answer.status, answer.body.code ?? answer.body.contact.kind, answer.body.reason ?? null];
};
const refused = (why: string) => [403, 'identity_invalid', why];

test('a signed token signs in at once, by id or by address, whatever the names are called', async () => {
  expect((await desk.session({ userToken: sign(good(), secret) })).body).toMatchObject({ isBrief: true, contact: { kind: 'verified', name: 'Lina Berger', email: 'lina@example.com' } });
  expect((await desk.session({ userToken: sign({ sub: 7, firstname: 'Max', last_name: 'Roth' }, secret) })).body.contact).toMatchObject({ kind: 'verified', name: 'Max Roth', email: null });
  const byHash = await desk.session({ userDetails: { email: 'Ada@Example.com', emailHash: sign({ email: 'ada@example.com', iat: seconds(), exp: seconds(60) }, secret), firstname: 'Ada', lastname: 'Lovelace' } });
  expect(byHash.body.contact).toMatchObject({ kind: 'verified', name: 'Ada Lovelace', email: 'ada@example.com' });
  const again = await desk.session({ userDetails: { emailHash: sign({ email: 'ada@example.com' }, secret), firstname: 'Somebody' } });
  expect(again.body.contact).toMatchObject({ id: byHash.body.contactId, name: 'Ada Lovelace' });
});

test('a token that is forged in any way signs nobody in', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const rsa = (header: Record<string, unknown>) => {
    const text = `${b64({ alg: 'RS256', typ: 'JWT', ...header })}.${b64(good())}`;
    return `${text}.${signRsa('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const [head = '', payload = '', signature = ''] = sign(good(), secret).split('.');
  const forged: Record<string, string> = {
    none: `${b64({ alg: 'none', typ: 'JWT' })}.${payload}.`,
    noneSigned: `${b64({ alg: 'None' })}.${payload}.${signature}`,
    noAlg: sign(good(), secret, { header: { typ: 'JWT' } }),
    hs384: sign(good(), secret, { header: { alg: 'HS384' }, hash: 'sha384' }),
    hs512: sign(good(), secret, { header: { alg: 'HS512' }, hash: 'sha512' }),
    rs256: rsa({}),
    secretAsPublicKey: sign(good(), secret, { header: { alg: 'RS256' } }),
    publicKeyAsSecret: sign(good(), publicKey.export({ type: 'spki', format: 'pem' })),
    jwk: rsa({ jwk }),
    jwkOwn: sign(good(), 'mine', { header: { alg: 'HS256', jwk: { kty: 'oct', k: Buffer.from('mine').toString('base64url') } } }),
    jku: rsa({ jku: 'https://evil.test/keys.json' }),
    x5u: rsa({ x5u: 'https://evil.test/cert.pem' }),
    kid: sign(good(), '', { header: { alg: 'HS256', kid: '../../../../dev/null' } }),
    emptySecret: sign(good(), ''),
    otherWidget: sign(good(), otherSecret),
    publishableKey: sign(good(), (await desk.widget()).key),
    truncated: `${head}.${payload}.${signature.slice(0, -4)}`,
    unsigned: `${head}.${payload}`,
    changed: `${head}.${b64(good({ user_id: 'u_2' }))}.${signature}`,
    nothing: '',
    rubbish: 'x.y.z',
  };
  for (const [name, token] of Object.entries(forged)) expect([name, ...await reason(token)]).toEqual([name, ...refused('signature')]);
  expect(await reason(sign(good(), secret, { header: { alg: 'HS256', crit: ['exp'] } }))).toEqual(refused('claims'));
});

test('a token that says too little, or something that cannot be, is refused by its reason', async () => {
  expect(await reason(sign(good({ exp: seconds(-1) }), secret))).toEqual(refused('expired'));
  for (const claims of [{ exp: String(seconds(900)) }, { exp: null }, { exp: {} }, { iat: seconds(120) }, { iat: 'now' }, { nbf: seconds(120) }, { email: 'nobody' }, { user_id: {} }, { user_id: 'x'.repeat(201) }]) {
    expect([claims, ...await reason(sign(good(claims), secret))]).toEqual([claims, ...refused('claims')]);
  }
  expect(await reason(sign({ name: 'Lina' }, secret))).toEqual(refused('claims'));
  expect(await reason(sign(JSON.stringify('lina@example.com'), secret))).toEqual(refused('claims'));
  expect(await reason(sign([good()], secret))).toEqual(refused('claims'));
  expect(await reason(sign(good({ iat: seconds(30), nbf: seconds(30) }), secret))).toEqual([201, 'verified', null]);
});

test('what stands beside the token is the token\'s, or nobody is signed in', async () => {
  expect(await reason(sign(good(), secret), { userId: 'u_2' })).toEqual(refused('claims'));
  expect(await reason(sign(good(), secret), { userDetails: { email: 'max@example.com' } })).toEqual(refused('email_mismatch'));
  expect(await reason(sign({ user_id: 'u_1' }, secret), { userDetails: { email: 'lina@example.com' } })).toEqual(refused('email_mismatch'));
  expect(await reason(sign(good(), secret), { userId: 'u_1', userDetails: { email: 'LINA@example.com' } })).toEqual([201, 'verified', null]);
});

test('a token without an end is taken only where the widget does', async () => {
  const endless = sign({ user_id: 'u_1' }, secret);
  expect(await reason(endless)).toEqual([201, 'verified', null]);
  await desk.change({ security: { requireExp: true } });
  expect(await reason(endless)).toEqual(refused('no_exp'));
  await desk.change({ security: { requireExp: false } });
});

test('too large a token is turned away before it is read', async () => {
  expect((await desk.session({ userToken: sign(good({ name: 'x'.repeat(9_000) }), secret) })).status).toBe(400);
  expect((await desk.session({ userToken: 'x'.repeat(1_000_000) })).status).toBe(413);
});

test('without a secret no token is believed, and an old secret only for its grace time', async () => {
  const { brandId } = await desk.widget();
  await desk.asAdmin('POST', '/api/v1/widgets', { name: 'Bare', slug: 'bare', brandId });
  expect((await desk.session({ userToken: sign(good(), '') }, { slug: 'bare' })).body).toMatchObject({ code: 'identity_invalid', reason: 'no_secret' });
  const first = await desk.secret('bare');
  const second = await desk.secret('bare', 1);
  const by = async (key: string) => (await desk.session({ userToken: sign(good(), key) }, { slug: 'bare' })).status;
  expect([await by(first), await by(second)]).toEqual([201, 201]);
  await desk.desk.kernel.db.knex('p_chat_widgets').where({ slug: 'bare' }).update({ secret_previous_until: Date.now() - 1 });
  expect([await by(first), await by(second)]).toEqual([403, 201]);
  const third = await desk.secret('bare');
  expect([await by(second), await by(third)]).toEqual([403, 201]);
});

test('a refused token leaves the browser as it was, and the chat goes on without it', async () => {
  const { body: { token } } = await desk.session();
  expect((await desk.session({ token, userToken: sign(good(), 'wrong') })).status).toBe(403);
  const goesOn = await desk.session({ token });
  expect(goesOn).toMatchObject({ status: 201, body: { token, isBrief: false, contact: { kind: 'anonymous' } } });
});

test('signing in gives a new token, ends the old one, and brings this browser\'s conversations along', async () => {
  const visitor = await Visitor.arrive(desk.desk.url);
  await visitor.send('Before anybody knew me');
  const signedIn = await desk.session({ token: visitor.token, userToken: sign(good({ user_id: 'u_history', email: 'history@example.com' }), secret) });
  visitor.leave();
  expect(signedIn.body.token).not.toBe(visitor.token);
  expect((await desk.as(visitor.token, 'POST', '/details', {})).status).toBe(401);
  const back = await Visitor.arrive(desk.desk.url, 'website', { token: signedIn.body.token, contactId: signedIn.body.contactId });
  const list = await back.socket.emitWithAck('conversations:list', {});
  back.leave();
  expect(list).toMatchObject({ data: [{ id: visitor.conversationId }] });
  const reload = await desk.session({ token: signedIn.body.token, userToken: sign(good({ user_id: 'u_history', email: 'history@example.com' }), secret) });
  expect(reload.body).toMatchObject({ token: signedIn.body.token, contactId: signedIn.body.contactId });
});

test('a shared computer: A is signed out before B is signed in, and B sees nothing of A', async () => {
  const a = await desk.session({ userToken: sign(good({ user_id: 'a', email: 'a@example.com', name: 'A' }), secret) });
  const b = await desk.session({ token: a.body.token, userToken: sign(good({ user_id: 'b', email: 'b@example.com', name: 'B' }), secret) });
  expect(b.body.contactId).not.toBe(a.body.contactId);
  expect(JSON.stringify(b.body)).not.toContain('a@example.com');
  expect((await desk.as(a.body.token, 'POST', '/details', {})).status).toBe(401);
  const unsigned = await desk.session({ token: b.body.token, userId: 'c' });
  expect(unsigned.body).toMatchObject({ isBrief: false, contact: { kind: 'identified', email: null } });
  expect(unsigned.body.contactId).not.toBe(b.body.contactId);
  expect((await desk.as(b.body.token, 'POST', '/details', {})).status).toBe(401);
});

test('only pages of the desk begin sessions, and a session is one of its brand', async () => {
  expect((await desk.session({}, { headers: { Origin: 'https://evil.test' } })).status).toBe(403);
  expect((await desk.session({}, { headers: { Origin: 'null' } })).status).toBe(403);
  expect((await desk.session({}, { headers: { Origin: desk.desk.url } })).status).toBe(201);
  const brand = await desk.asAdmin<{ id: string }>('POST', '/api/v1/brands', { name: 'Second', slug: 'second' });
  await desk.asAdmin('POST', '/api/v1/widgets', { name: 'Second', slug: 'second-chat', brandId: brand.body.id });
  const { body: { token, contactId } } = await desk.session();
  expect((await desk.as(token, 'POST', '/details', { name: 'X' }, 'second-chat')).status).toBe(401);
  expect((await desk.session({ token }, { slug: 'second-chat' })).body.contactId).not.toBe(contactId);
  expect((await desk.session({ token: 'pb_cs_nobody-has-this-one' })).status).toBe(201);
});

test('where names are asked for, nobody writes or sends files before they proved who they are', async () => {
  await desk.change({ security: { requireAuthentication: true } });
  const visitor = await Visitor.arrive(desk.desk.url);
  await expect(visitor.send('Let me in')).rejects.toThrow('authentication_required');
  const form = new FormData();
  form.set('file', new Blob(['hello']), 'a.txt');
  const upload = (token: string) => fetch(`${desk.desk.url}/widget/website/files`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: form });
  expect((await upload(visitor.token)).status).toBe(403);
  visitor.leave();
  const { body } = await desk.session({ userToken: sign(good(), secret) });
  const known = await Visitor.arrive(desk.desk.url, 'website', body);
  await known.send('Here I am');
  known.leave();
  expect((await upload(body.token)).status).toBe(201);
  await desk.change({ security: { requireAuthentication: false } });
});
