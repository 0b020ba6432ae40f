import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { packageBuild } from '../builds.ts';

export default defineConfig(packageBuild(fileURLToPath(new URL('dist', import.meta.url))));
