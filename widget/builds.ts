import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import ts from 'typescript';
import type { InlineConfig, Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const target = 'es2023';

/** The iframe's app and the styles of the pages beside it, with hashed names and a list of them for the chat plugin's server. */
export const appBuild = (outDir: string): InlineConfig => ({
  configFile: false,
  root: here('.'),
  base: '/widget/assets/',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    target, outDir, emptyOutDir: true, assetsDir: '', manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: here('app/main.ts'), preview: here('preview/preview.css'), contrast: here('../themes/contrast/tokens.css'), unsubscribe: here('pages/unsubscribe.css') },
      // What the first opening needs stays one file, which packs far better than its parts: only what is loaded later stands apart.
      output: { codeSplitting: { groups: [{ name: 'core', test: (id: string) => !/\.css$|\/(?:help|preview|pages|themes)\/|HelpScreen|EmojiGrid/.test(id) }] } },
    },
  },
});

/** Lines of the launcher's style are for readers. */
const tightStyle: Plugin = {
  name: 'tight-style',
  transform: (code, id) => (id.endsWith('/loader/style.ts') ? code.replaceAll('}\n', '}').replace('`\n', '`') : null),
};

/** The host page's script: one classic script that shares nothing with the app. */
export const loaderBuild = (outDir: string): InlineConfig => ({
  configFile: false,
  root: here('.'),
  plugins: [tightStyle],
  build: {
    target, outDir, emptyOutDir: true, modulePreload: false,
    lib: { entry: here('loader/main.ts'), formats: ['iife'], name: 'plugboardLoader', fileName: () => 'widget.js' },
  },
});

/** Types of the package beside its scripts. */
const declarations = (outDir: string, entries: string[]): Plugin => ({
  name: 'declarations',
  writeBundle() {
    const options: ts.CompilerOptions = {
      strict: true, skipLibCheck: true, declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: true, verbatimModuleSyntax: true, types: [],
      target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, outDir, rootDir: here('package/src'),
    };
    const { diagnostics } = ts.createProgram(entries, options).emit(undefined, (path, text) => ts.sys.writeFile(path, text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")));
    for (const { messageText } of diagnostics) this.error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
});

/** `@plugboard/widget`: modules and their types. */
export const packageBuild = (outDir: string): InlineConfig => {
  const entry = ['index', 'vue', 'react'].map((name) => here(`package/src/${name}.ts`));
  return {
    configFile: false,
    root: here('package'),
    plugins: [declarations(outDir, entry)],
    build: {
      target, outDir, emptyOutDir: true, modulePreload: false, minify: false,
      lib: { entry, formats: ['es'] },
      rollupOptions: { external: ['vue', 'react'], output: { preserveModules: true, preserveModulesRoot: here('package/src'), entryFileNames: '[name].js' } },
    },
  };
};

export const shims = ['supportpal', 'halo', 'chatwoot', 'intercom'] as const;

/** One classic script for each desk that a site may come from. */
export const compatBuild = (outDir: string, name: (typeof shims)[number]): InlineConfig => ({
  configFile: false,
  root: here('.'),
  build: {
    target, outDir, emptyOutDir: false, modulePreload: false,
    lib: { entry: here(`compat/${name}.ts`), formats: ['iife'], name: 'plugboardCompat', fileName: () => `${name}.js` },
  },
});
