import type { PluginDto, PluginInstanceDto } from '../../../shared/plugins.ts';
import type { Translate } from '../../ui/translate.ts';

type Tone = 'neutral' | 'ok' | 'warn' | 'danger' | 'accent';

export interface PluginState { tone: Tone; icon: string; text: string; failures: PluginInstanceDto[] }

const broken = new Set(['failed', 'degraded', 'incompatible', 'missing', 'quarantined']);
export const isBroken = (instance: PluginInstanceDto): boolean => broken.has(instance.phase);

/** One line on how a plugin stands over all processes: what is wanted against what is seen. */
export function stateOf(plugin: PluginDto, t: Translate): PluginState {
  const failures = plugin.instances.filter(isBroken);
  const total = plugin.instances.length;
  const active = plugin.instances.filter((instance) => instance.phase === 'active').length;
  if (plugin.phase === 'missing') return { tone: 'warn', icon: 'alert', text: t('plugins.phases.missing'), failures };
  if (plugin.phase === 'incompatible') return { tone: 'warn', icon: 'alert', text: t('plugins.phases.incompatible'), failures };
  if (plugin.desired === 'inactive') {
    const isClosing = plugin.instances.some((instance) => instance.phase === 'closing' || instance.phase === 'active');
    return { tone: 'neutral', icon: isClosing ? 'clock' : 'pause', text: t(isClosing ? 'plugins.phases.closing' : 'plugins.phases.off'), failures: [] };
  }
  if (failures.length > 0) return { tone: 'danger', icon: 'alert', text: total > 1 ? t('plugins.activeOn', { active, total }) : t(`plugins.phases.${failures[0]!.phase}`), failures };
  if (active < total || total === 0) return { tone: 'accent', icon: 'clock', text: t('plugins.phases.loading'), failures };
  return { tone: 'ok', icon: 'check', text: total > 1 ? t('plugins.activeOn', { active, total }) : t('plugins.phases.active'), failures };
}

/** “web-2 failed at setup: …”. */
export function failureText(instance: PluginInstanceDto, t: Translate): string {
  const what = instance.stage ? t('plugins.failedAt', { process: instance.process, stage: t(`plugins.stages.${instance.stage}`, { defaultValue: instance.stage }) }) : t('plugins.failedIn', { process: instance.process, phase: t(`plugins.phases.${instance.phase}`) });
  return instance.error ? `${what}: ${instance.error}` : what;
}
