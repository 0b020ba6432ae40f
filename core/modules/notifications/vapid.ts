import webPush from 'web-push';
import type { Kernel } from '../../kernel/context.ts';
import { mailScope, readMailSettings } from '../../kernel/mail/mail-settings.ts';

/** Key pair by which push services know this desk (RFC 8292). */
export interface Vapid { publicKey: string; privateKey: string; subject: string }
interface Stored { publicKey: string; sealed: string }

const key = 'vapid';
const place = 'core:vapid:global';

async function readStored(kernel: Kernel): Promise<Stored | undefined> {
  return kernel.settings.get<Stored>(mailScope, key);
}

/** Made once for the installation, at the first question, under a lock. */
async function stored(kernel: Kernel): Promise<Stored> {
  const known = await readStored(kernel);
  if (known) return known;
  const made = await kernel.locks.run('notifications.vapid', async () => {
    const row = await kernel.db.knex<{ scope: string; key: string; brand_id: number; value: string }>('settings').where({ scope: mailScope, key, brand_id: 0 }).first('value');
    if (row) return JSON.parse(row.value) as Stored;
    const pair = webPush.generateVAPIDKeys();
    const fresh: Stored = { publicKey: pair.publicKey, sealed: kernel.secrets.encrypt(pair.privateKey, place) };
    await kernel.settings.set(mailScope, { [key]: fresh });
    return fresh;
  }, { waitMs: 5_000 });
  if (!made) throw new Error('the key for web push could not be made: its lock was not free');
  return made;
}

export const pushPublicKey = async (kernel: Kernel): Promise<string> => (await stored(kernel)).publicKey;

/** Push services want an address to complain to. */
export async function readVapid(kernel: Kernel): Promise<Vapid> {
  const [{ publicKey, sealed }, { from }] = await Promise.all([stored(kernel), readMailSettings(kernel)]);
  const subject = `mailto:${from ?? `support@${new URL(kernel.config.publicUrl).hostname}`}`;
  return { publicKey, privateKey: kernel.secrets.decrypt(sealed, place), subject };
}
