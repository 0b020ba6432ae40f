import type { PluginContext } from '@plugboard/sdk';
import type { Codes } from './codes.ts';
import type { Limits } from './limits.ts';

const noticesKeptMs = 365 * 24 * 60 * 60 * 1000;

/** Forgets what says nothing any more. */
export async function addSweeps(ctx: PluginContext, codes: Codes, limits: Limits): Promise<void> {
  await ctx.jobs.cron('sweep', '17 * * * *', async () => {
    const now = Date.now();
    await codes.sweep(now);
    await limits.sweep(now);
    await ctx.db.run(`DELETE FROM ${ctx.db.table('notices')} WHERE updated_at < ?`, [now - noticesKeptMs]);
  });
}
