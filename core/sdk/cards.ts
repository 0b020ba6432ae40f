/** Cards are drawn, themed, translated and made accessible by the host. Texts are text keys or plain data. */
export type CardBlock =
  | { type: 'text'; text: string; tone?: 'normal' | 'muted' | 'warn' | 'danger' }
  | { type: 'fields'; fields: { label: string; value: string }[] }
  | { type: 'badge'; text: string; tone?: 'neutral' | 'ok' | 'warn' | 'danger' }
  | { type: 'link'; text: string; url: string }
  | { type: 'button'; text: string; action: string; input?: unknown; confirm?: string; tone?: 'normal' | 'danger' }
  | { type: 'list'; items: { title: string; detail?: string; badge?: string }[] }
  | { type: 'table'; columns: string[]; rows: string[][] }
  | { type: 'image'; url: string; alt: string }
  | { type: 'progress'; label: string; value: number }
  | { type: 'divider' }
  | { type: 'form'; action: string; submit: string; fields: { key: string; label: string; type: 'text' | 'number' | 'select'; options?: string[] }[] }
  | { type: 'empty'; text: string };

export interface Card { title: string; blocks: CardBlock[] }
