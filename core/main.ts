import { ConfigError, loadConfig } from './kernel/config/config.ts';
import { startDesk } from './app.ts';

const drainMs = 15_000;

async function main(): Promise<void> {
  const desk = await startDesk(loadConfig());
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    desk.kernel.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), drainMs).unref();
    desk.stop().then(() => process.exit(0), (error: unknown) => {
      desk.kernel.log.error({ err: error }, 'stopped with an error');
      process.exit(1);
    });
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof ConfigError ? `plugboard: ${error.message}\n` : `plugboard: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
});
