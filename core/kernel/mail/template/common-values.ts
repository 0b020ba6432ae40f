export interface CommonGiven { brandName: string; deskName: string; deskUrl: string; recipientName: string | null }

/** What every template may use besides its own values. */
export const commonValues = ({ brandName, deskName, deskUrl, recipientName }: CommonGiven): Record<string, unknown> => ({
  brand: { name: brandName }, desk: { name: deskName, url: deskUrl }, recipient: { name: recipientName },
});

/** Made-up values of everything that a template may use: those of every one, and its own. */
export const sampleWith = (own: Record<string, unknown>): Record<string, unknown> => ({
  ...commonValues({ brandName: 'Acme', deskName: 'Acme Support', deskUrl: 'https://support.example.com', recipientName: 'Ada Lovelace' }),
  ...own,
});
