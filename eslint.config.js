import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import boundaries from './tests/architecture/eslint-boundaries.mjs';

const typescript = ['core/**/*.ts', 'plugins/**/*.ts', 'widget/**/*.ts', 'portal/**/*.ts', 'migrations/**/*.ts', 'tests/**/*.ts'];
const tests = ['**/*.test.ts', 'tests/**/*.ts'];
const defaultExports = ['plugins/*/manifest.ts', 'plugins/*/server/index.ts', 'plugins/*/admin/index.ts', 'tests/**'];
const parserOptions = { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] };

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.cache/**',
      'data/**',
      'coverage/**',
      '**/*.d.ts',
      '**/*.config.ts',
      'core/admin/vite/**',
    ],
  },
  {
    files: [...typescript, '**/*.vue'],
    extends: [tseslint.configs.base],
    plugins: { boundaries },
    languageOptions: { parserOptions },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false, arguments: false } }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'boundaries/imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 60],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/essential']],
    languageOptions: { parserOptions: { ...parserOptions, parser: tseslint.parser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-deprecated-filter': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    },
  },
  {
    files: typescript,
    ignores: defaultExports,
    rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }] },
  },
  // A set-up store or a composable is a closure over several functions, as a class is.
  { files: ['**/*.store.ts', '**/use-*.ts'], rules: { 'max-lines-per-function': ['error', 100] } },
  { files: tests, rules: { 'max-lines-per-function': 'off' } },
  { files: ['widget/loader/**', 'core/admin/plugin-host/**'], rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] } },
  { files: ['core/cli/**/*.ts', 'tests/bench/**/*.ts'], rules: { 'no-console': 'off' } },
);
