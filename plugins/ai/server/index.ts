import { definePlugin } from '@plugboard/sdk';
import { manifest } from '../manifest.ts';

export default definePlugin({ manifest, setup() {} });
