import editor from './editor.css?inline';
import fields from './fields.css?inline';
import parts from './parts.css?inline';
import preview from './preview.css?inline';
import texts from './texts.css?inline';

export const editorStyles = [editor, fields, parts, preview, texts].join('\n');
