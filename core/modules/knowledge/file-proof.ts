import type { Kernel } from '../../kernel/context.ts';

const dayMs = 86_400_000;
const purpose = 'article-file';

/** What the page of a reader who is signed in says for its pictures: browsers send nothing else along with them. Good until the day after. */
export const proofOf = (kernel: Kernel, uid: string, now: number): string => {
  const day = Math.floor(now / dayMs);
  return `${day}.${kernel.secrets.sign(purpose, `${uid}.${day}`)}`;
};

export function isProved(kernel: Kernel, uid: string, proof: string, now: number): boolean {
  const [day = '', signature = ''] = proof.split('.');
  const age = Math.floor(now / dayMs) - Number(day);
  return /^\d{1,6}$/.test(day) && age >= 0 && age <= 1 && kernel.secrets.verify(purpose, `${uid}.${day}`, signature);
}
