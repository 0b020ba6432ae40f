export interface Use { part: number; tone: 'calm' | 'warn' | 'danger' }

/** How much of a budget is used, for a bar: full is full, and near the end it says so. */
export function useOf(spent: number, budget: number | null): Use | null {
  if (budget === null) return null;
  const part = budget === 0 ? 1 : Math.min(1, spent / budget);
  return { part, tone: part >= 1 ? 'danger' : part >= 0.8 ? 'warn' : 'calm' };
}
