/** Widths of a bar in per cent of the longest one: what was answered, and what went to people. */
export function shareOf({ turns, handOvers }: { turns: number; handOvers: number }, most: number): { answered: number; handedOver: number } {
  if (most <= 0) return { answered: 0, handedOver: 0 };
  const given = Math.min(handOvers, turns);
  return { answered: ((turns - given) / most) * 100, handedOver: (given / most) * 100 };
}
