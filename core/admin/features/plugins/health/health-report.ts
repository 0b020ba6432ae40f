import type { PluginDto, PluginHealthDto } from '../../../../shared/plugins.ts';

/** What an author needs to see, as plain text; it holds no settings and no secrets. */
export function healthReport(plugin: PluginDto, health: PluginHealthDto): string {
  return [
    `${plugin.id} ${plugin.version ?? '?'} · wanted: ${plugin.desired} · seen: ${plugin.phase} · held jobs: ${health.heldJobs}`,
    '', 'Processes',
    ...health.instances.map((entry) => `- ${entry.process}: ${entry.phase}${entry.stage ? ` at ${entry.stage}` : ''}${entry.error ? `: ${entry.error}` : ''} (${entry.seenAt})`),
    '', 'Errors',
    ...health.errors.flatMap((error) => [`- ${error.at} ${error.process} ${error.stage} ${error.point}: ${error.message}`, ...(error.stack ? [indent(error.stack)] : [])]),
    '', 'Points',
    ...health.points.map((point) => `- ${point.point}: ${point.calls} calls, ${point.failures} failed, p50 ${point.p50Ms} ms, p95 ${point.p95Ms} ms, breaker ${point.breaker}`),
  ].join('\n');
}

const indent = (text: string) => text.split('\n').map((line) => `    ${line}`).join('\n');
