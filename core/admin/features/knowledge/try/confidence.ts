/** From here on an assistant answers unless its settings say otherwise; below it hands over. */
export const confidentFrom = 50;
