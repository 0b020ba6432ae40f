import { AppError } from '../errors.ts';

/** Something thrown that the caller is meant to see: it counts as an answer, not as a failure of the plugin. */
export function isPluginRefusal(error: unknown): boolean {
  if (error instanceof AppError) return error.status < 500;
  if (!(error instanceof Error) || error.name !== 'PluginError') return false;
  const { status } = error as Error & { status?: unknown };
  return typeof status === 'number';
}
