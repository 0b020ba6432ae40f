import type { TokenDto } from '../../shared/desk-settings.ts';
import type { ApiTokenRow } from './api-token.queries.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function presentToken(token: ApiTokenRow): TokenDto {
  return {
    id: token.uid,
    name: token.name,
    kind: token.kind,
    brandId: token.brand_uid,
    operatorId: token.operator_uid,
    operatorName: token.operator_name,
    scopes: JSON.parse(token.scopes) as string[],
    createdAt: new Date(token.created_at).toISOString(),
    lastUsedAt: iso(token.last_used_at),
    expiresAt: iso(token.expires_at),
  };
}
