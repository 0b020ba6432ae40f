import type { Api } from '@plugboard/admin-sdk';

let known: readonly string[] | null = null;

/** May this person do that? Also while it is not known yet: the server has the last word. */
export const allows = (permissions: readonly string[] | null, ability: string): boolean => permissions === null || permissions.includes('*') || permissions.includes(ability);

/** What this person may do, as it was heard last. */
export const knownPermissions = (): readonly string[] | null => known;

export async function learnPermissions(desk: Api): Promise<readonly string[] | null> {
  known = await desk.get<{ permissions: string[] }>('/session').then(({ permissions }) => permissions).catch(() => known);
  return known;
}
