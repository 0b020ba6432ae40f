import editor from './editor.css?inline';
import fields from './fields.css?inline';
import playground from './playground.css?inline';
import rules from './rules.css?inline';

export const editorStyles = [editor, fields, playground, rules].join('\n');
