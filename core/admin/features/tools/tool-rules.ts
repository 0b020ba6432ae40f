import type { ToolDto, ToolRule } from '../../../shared/tools.ts';
import type { Translate } from '../../ui/translate.ts';

export interface Named { id: string; name: string }
export interface People { assistants: readonly Named[]; roles: readonly Named[] }

/** What holds where nobody said anything. */
export const usualRule = ({ effect }: Pick<ToolDto, 'effect'>): ToolRule => (effect === 'read' ? 'auto' : 'ask');

/** The rules of a tool as sentences: those for everybody first, then whoever differs. */
export function rulesInWords(tool: ToolDto, people: People, t: Translate): string[] {
  return (['assistants', 'roles'] as const).flatMap((kind) => {
    const rules = tool.rules[kind];
    const others = rules['*'] ?? usualRule(tool);
    const own = people[kind].filter(({ id }) => rules[id] !== undefined && rules[id] !== others).map(({ id, name }) => t(`rule.one.${rules[id]!}`, { name }));
    return [t(`rule.${kind}.${others}`), ...own];
  });
}
