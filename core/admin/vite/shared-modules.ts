import { relative } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Makes an entry of each shared module and writes the import map that lets plugins name it: a plugin's `vue` is then the
 * very instance that the desk runs. The map is the page's only inline script; the server allows it by its hash.
 */
export function sharedModules(modules: Record<string, string>): Plugin {
  let root = '';
  return {
    name: 'plugboard:shared-modules',
    config: () => ({
      build: {
        rolldownOptions: {
          input: { app: 'index.html', ...Object.fromEntries(Object.entries(modules).map(([name, file]) => [chunkName(name), file])) },
          preserveEntrySignatures: 'strict',
        },
      },
    }),
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const address = (file: string) => {
          if (!bundle) return `/admin/${relative(root, file)}`;
          const chunk = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry && output.facadeModuleId === file);
          if (!chunk) throw new Error(`no chunk was made of ${file}`);
          return `/admin/${chunk.fileName}`;
        };
        const imports = Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, address(file)]));
        return [{ tag: 'script', attrs: { type: 'importmap' }, children: JSON.stringify({ imports }), injectTo: 'head-prepend' }];
      },
    },
  };
}

const chunkName = (specifier: string): string => `shared-${specifier.replace('@plugboard/', '').replaceAll('/', '-')}`;
