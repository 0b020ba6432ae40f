/** Words that a mistyped one, or a part of a compound, was most likely meant to be; at most three. */
export function nearestOf(word: string, known: readonly string[]): string[] {
  if (word.length < 4 || /\d/.test(word)) return [];
  const reach = word.length >= 8 ? 2 : 1;
  const near = known.filter((other) => Math.abs(other.length - word.length) <= reach && other.length >= 4 && distance(word, other, reach) <= reach);
  const parts = word.length >= 5 ? known.filter((other) => other.length >= 5 && (other.includes(word) || word.includes(other))) : [];
  return [...new Set([...near, ...parts])].slice(0, 3);
}

/** How many letters to change, leave out, add or swap; stops counting past `most`. */
function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
