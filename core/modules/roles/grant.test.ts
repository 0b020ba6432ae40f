import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { nobody, system } from '../../kernel/policy/actor.ts';
import { covers, expandPermissions, isPermission } from './grant.ts';

const actor = (permissions: string[], over: Partial<OperatorActor> = {}): OperatorActor => ({
  type: 'operator', id: 'o', rowId: 1, name: 'O', permissions: new Set(permissions), scope: 'all', brandIds: 'all', departmentIds: new Set(), sessionId: null, ...over,
});

describe('covers', () => {
  it('lets nobody give away a permission that they do not have', () => {
    const admin = actor(['people.manage', 'conversations.view']);
    expect(covers(admin, { permissions: ['conversations.view'], scope: 'all' })).toBe(true);
    expect(covers(admin, { permissions: ['conversations.view', 'tokens.manage'], scope: 'all' })).toBe(false);
    expect(covers(admin, { permissions: ['*'], scope: 'all' })).toBe(false);
  });

  it('lets an owner give everything', () => {
    expect(covers(actor(['*']), { permissions: ['*'], scope: 'all', brandIds: 'all' })).toBe(true);
  });

  it('weighs scope and brands as well', () => {
    const lead = actor(['people.manage'], { scope: 'department', brandIds: new Set([1, 2]) });
    expect(covers(lead, { permissions: [], scope: 'own', brandIds: [1] })).toBe(true);
    expect(covers(lead, { permissions: [], scope: 'all', brandIds: [1] })).toBe(false);
    expect(covers(lead, { permissions: [], scope: 'own', brandIds: [1, 3] })).toBe(false);
    expect(covers(lead, { permissions: [], scope: 'own', brandIds: 'all' })).toBe(false);
  });

  it('lets whoever switches plugins on hand out what plugins bring, but not everything', () => {
    const admin = actor(['people.manage', 'plugins.manage']);
    expect(covers(admin, { permissions: ['shop.refund'], scope: 'all' })).toBe(true);
    expect(covers(admin, { permissions: ['*'], scope: 'all' })).toBe(false);
    expect(covers(actor(['people.manage']), { permissions: ['shop.refund'], scope: 'all' })).toBe(false);
  });

  it('is nothing that a contact, a plugin or nobody can have', () => {
    for (const other of [nobody, system]) expect(covers(other, { permissions: [], scope: 'own' })).toBe(false);
  });
});

describe('permissions', () => {
  it.each(['conversations.view', 'shop.refund', 'shop.refunds.large'])('knows %s', (permission) => {
    expect(isPermission(permission)).toBe(true);
  });

  it.each(['*', 'conversations.everything', 'shop', 'Shop.refund', 'shop.', '__proto__', ''])('refuses %s', (permission) => {
    expect(isPermission(permission)).toBe(false);
  });

  it('spells out everything for those who ask by name', () => {
    expect(expandPermissions(['*']).has('audit.view')).toBe(true);
    expect(expandPermissions(['contacts.view']).has('audit.view')).toBe(false);
  });
});
