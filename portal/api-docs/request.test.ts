import { expect, test } from 'vitest';
import type { Operation } from './api-document.ts';
import { curlOf, requestOf } from './request.ts';

const operation: Operation = {
  id: 'postThings', method: 'post', path: '/api/v1/things/{id}', summary: '', tag: '', about: null, access: { policy: 'thing.make' }, body: null, answers: [], perMinute: null,
  parameters: [
    { name: 'id', in: 'path', required: true, schema: {} }, { name: 'q', in: 'query', required: false, schema: {} },
    { name: 'limit', in: 'query', required: false, schema: {} }, { name: 'Idempotency-Key', in: 'header', required: false, schema: {} },
  ],
};
const filled = { values: new Map([['path id', 'a/b'], ['query q', 'x & y'], ['query limit', ''], ['header Idempotency-Key', 'k']]), body: '{"a":"it\'s"}', token: '', locale: 'de' };

test('what is empty is not sent, and what is sent is encoded', () => {
  const { address, init } = requestOf(operation, filled);
  expect(address).toBe('/api/v1/things/a%2Fb?q=x+%26+y');
  expect(init).toMatchObject({ method: 'POST', credentials: 'same-origin', headers: { 'Idempotency-Key': 'k', 'Content-Type': 'application/json', 'Accept-Language': 'de' } });
});

test('with a token no cookie goes along, and the terminal gets its name only', () => {
  const secret = { ...filled, token: 'pb_pat_secret' };
  expect(requestOf(operation, secret).init).toMatchObject({ credentials: 'omit', headers: { Authorization: 'Bearer pb_pat_secret' } });
  const line = curlOf(operation, secret, 'https://desk.test');
  expect(line).toContain('-H "Authorization: Bearer $TOKEN"');
  expect(line).toContain(`-d '{"a":"it'\\''s"}'`);
  expect(line).not.toContain('secret');
});
