export interface Part { text: string; isMarked: boolean }

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const plain = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);

/** Text in which `<mark>` stands around what was found and everything else is escaped, as parts: no HTML reaches the page. */
export const markedParts = (html: string): Part[] => html.split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map((part) => {
  const found = /^<mark>(.*)<\/mark>$/s.exec(part)?.[1];
  return { text: plain((found ?? part).replace(/<\/?mark>/g, '')), isMarked: found !== undefined };
});
