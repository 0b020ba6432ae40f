import { insertBlock, insertLink, toggleCode, toggleLines, type Selected } from './markdown-commands.ts';
import { toggleMark } from '../../inbox/composer/edit-text.ts';

export type CalloutKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';
export type CommandId = 'bold' | 'italic' | 'heading' | 'bullet' | 'number' | 'quote' | 'link' | 'code' | 'table' | `callout:${CalloutKind}`;

export const commandKeys: Partial<Record<CommandId, string>> = { bold: 'Mod+b', italic: 'Mod+i', heading: 'Mod+Alt+1', link: 'Mod+k', code: 'Mod+e', number: 'Mod+Shift+7', bullet: 'Mod+Shift+8', quote: 'Mod+Shift+9' };
/** Digits with Shift write other characters on every keyboard: they go by where the key lies. */
export const commandDigits: Record<string, CommandId> = { Digit7: 'number', Digit8: 'bullet', Digit9: 'quote' };

/** Words that a command puts in for the writer to replace. */
export interface Words { link: string; column: string; cell: string; callout: string }

/** The text after a command of the tool bar or a key. */
export function runCommand(id: CommandId, selected: Selected, words: Words): Selected {
  switch (id) {
    case 'bold': return toggleMark(selected, '**');
    case 'italic': return toggleMark(selected, '*');
    case 'heading': case 'bullet': case 'number': case 'quote': return toggleLines(selected, id);
    case 'link': return insertLink(selected, words.link);
    case 'code': return toggleCode(selected);
    case 'table': return insertBlock(selected, tableOf(words), `${words.column} 1`);
    default: {
      const chosen = selected.text.slice(selected.start, selected.end).trim();
      const kind = id.split(':')[1] ?? 'note';
      return insertBlock(selected, `> [!${kind}]\n${(chosen || words.callout).split('\n').map((line) => `> ${line}`).join('\n')}`, chosen ? undefined : words.callout);
    }
  }
}

const tableOf = ({ column, cell }: Words): string => [`| ${column} 1 | ${column} 2 |`, '| --- | --- |', `| ${cell} | ${cell} |`, `| ${cell} | ${cell} |`].join('\n');
