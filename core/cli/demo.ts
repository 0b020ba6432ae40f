import { resolve } from 'node:path';
import { startDesk } from '../app.ts';
import { loadConfig } from '../kernel/config/config.ts';
import { demoOperators, demoPassword } from './demo-data.ts';
import { seedDemo } from './seed-demo.ts';

const environment = {
  ...process.env,
  DATA_DIR: resolve('data', 'demo'),
  DATABASE_URL: undefined,
  PLUGBOARD_ADMIN_EMAIL: demoOperators.mira.email,
  PLUGBOARD_ADMIN_PASSWORD: demoPassword,
};

/** Founds and fills the desk out of sight, so that its plugins find every brand when they are switched on. */
async function prepare(): Promise<void> {
  const desk = await startDesk(loadConfig({ ...environment, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'test', LOG_LEVEL: 'warn' }));
  await seedDemo(desk.kernel);
  await desk.stop();
}

await prepare();
const desk = await startDesk(loadConfig({ LOG_LEVEL: 'warn', ...environment, PLUGBOARD_PLUGINS: 'chat,ai' }));
process.stdout.write(`  Sign in as ${demoOperators.mira.email} with the password "${demoPassword}".\n  The customer's side: ${desk.kernel.config.publicUrl}/portal/fjord\n\n`);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void desk.stop().then(() => process.exit(0));
  });
}
