import type { Translate } from '../../ui/translate.ts';

export interface PermissionText { id: string; icon: string; text: string; isStrong: boolean }

const plain: Record<string, { key: string; icon: string; isStrong?: boolean }> = {
  'email:send': { key: 'email', icon: 'mail', isStrong: true },
  'db:own': { key: 'database', icon: 'database' },
  'ai:use': { key: 'ai', icon: 'sparkle', isStrong: true },
  realtime: { key: 'realtime', icon: 'zap' },
};

/** What a permission lets a plugin do, in words. */
export function permissionText(id: string, t: Translate): PermissionText {
  const known = plain[id];
  if (known) return { id, icon: known.icon, text: t(`plugins.may.${known.key}`), isStrong: known.isStrong ?? false };
  if (id.startsWith('http:')) {
    const host = id.slice('http:'.length);
    return { id, icon: 'globe', text: host === '*' ? t('plugins.may.httpAny') : t('plugins.may.http', { host }), isStrong: host.includes('*') };
  }
  const [noun = id, verb = 'read'] = id.split(':');
  return { id, icon: verb === 'write' ? 'edit' : 'eye', text: t(`plugins.may.${verb}`, { what: t(`plugins.nouns.${noun}`, { defaultValue: noun }) }), isStrong: verb === 'write' };
}
