import type { Api } from '@plugboard/admin-sdk';

let known: readonly string[] | null = null;

/** What this person may do, as it was heard last. */
export const knownPermissions = (): readonly string[] | null => known;

export async function learnPermissions(desk: Api): Promise<readonly string[]> {
  known = await desk.get<{ permissions: string[] }>('/session').then(({ permissions }) => permissions).catch(() => known ?? []);
  return known;
}
