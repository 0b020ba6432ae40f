/** A secret in a form: its value is never known, only what shall become of it. */
export interface SecretValue { mode: 'keep' | 'replace' | 'clear'; value: string }

export const unchangedSecret = (): SecretValue => ({ mode: 'keep', value: '' });

/** What is sent: the new value, null to take it away, undefined to leave it. */
export function secretChange(secret: SecretValue): string | null | undefined {
  if (secret.mode === 'clear') return null;
  return secret.mode === 'replace' && secret.value.trim() !== '' ? secret.value.trim() : undefined;
}
