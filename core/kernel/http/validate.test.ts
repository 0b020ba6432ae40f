import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { validate } from './validate.ts';

const schema = z.strictObject({ name: z.string().max(3), nested: z.strictObject({ size: z.number() }).optional() });

function refusal(value: unknown, place: 'params' | 'body' = 'body'): AppError {
  try {
    validate(schema, value, place);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('was not refused');
}

describe('validate', () => {
  it('names each field that is wrong', () => {
    const { status, code, details } = refusal({ name: 'long', nested: { size: 'x' } });
    expect([status, code]).toEqual([400, 'invalid']);
    expect(details.errors).toMatchObject([{ path: 'name', code: 'too_big' }, { path: 'nested.size', code: 'invalid_type' }]);
  });
  it('refuses a key that nobody asked for, by name', () => {
    expect(refusal({ name: 'abc', role: 'owner' }).details.errors).toMatchObject([{ path: 'role', code: 'unknown_key' }]);
  });
  it('never echoes what was sent', () => {
    expect(JSON.stringify(refusal({ name: '<img src=x>' }).details)).not.toContain('img');
  });
  it('treats a malformed address as one that does not exist', () => {
    expect(refusal({ name: 'long' }, 'params').status).toBe(404);
  });
});
