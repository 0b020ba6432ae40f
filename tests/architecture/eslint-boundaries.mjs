import { relative, sep } from 'node:path';
import { importViolation } from './import-rules.mjs';

const root = import.meta.dirname.split(sep).slice(0, -2).join(sep);

function check(context, source) {
  if (typeof source?.value !== 'string') return;
  const path = relative(root, context.filename).split(sep).join('/');
  const message = importViolation(path, source.value);
  if (message) context.report({ node: source, message });
}

/** ESLint plugin with one rule: the import table of import-rules.mjs. */
export default {
  rules: {
    imports: {
      meta: { type: 'problem', schema: [] },
      create: (context) => ({
        ImportDeclaration: (node) => check(context, node.source),
        ImportExpression: (node) => check(context, node.source),
        ExportNamedDeclaration: (node) => check(context, node.source),
        ExportAllDeclaration: (node) => check(context, node.source),
      }),
    },
  },
};
