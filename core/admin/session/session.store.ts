import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Permission, Preferences, PreferencesPatch, SessionDto } from '../../shared/people.ts';
import { queryClient } from '../api/query-client.ts';
import { switchPushOff } from '../features/notifications/push.ts';
import { changeLocale } from '../i18n/i18n.ts';
import { api, ApiError } from '../sdk/api.ts';
import { mode } from '../theme/mode.ts';

/** Who is signed in, what they may do and how they like it. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionDto | null>(null);
  let lastId: string | null = null;
  /** False until it was asked for once. */
  const isKnown = shallowRef(false);
  const operator = computed(() => session.value?.operator ?? null);
  const preferences = computed(() => session.value?.preferences ?? null);

  const can = (permission: Permission | (string & {})): boolean => {
    const granted = session.value?.permissions ?? [];
    return granted.includes('*') || granted.includes(permission);
  };

  async function adopt(next: SessionDto): Promise<void> {
    session.value = next;
    lastId = next.operator.id;
    isKnown.value = true;
    mode.value = next.preferences.mode;
    await changeLocale(next.preferences.locale);
  }

  /** The first question of a page, which may have come with the answer that nobody is signed in. */
  async function begin(): Promise<void> {
    if (saysNobody()) end();
    else await load();
  }

  /** Asks the server who this is; signed out when it does not know. */
  async function load(): Promise<boolean> {
    try {
      await adopt(await api.get<SessionDto>('/session'));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      end();
      return false;
    }
  }

  /** Answers true when somebody else was signed in on this page before: it must be loaded anew, so that nothing of theirs stays in it. */
  async function signIn(email: string, password: string): Promise<boolean> {
    await api.post('/session', { email, password });
    const before = lastId;
    await load();
    return before !== null && before !== lastId;
  }

  async function signOut(): Promise<void> {
    await switchPushOff().catch(() => undefined);
    await api.delete('/session').catch((error: unknown) => { if (!(error instanceof ApiError)) throw error; });
    end();
  }

  function end(): void {
    session.value = null;
    isKnown.value = true;
    queryClient.clear();
  }

  let unsaved: PreferencesPatch = {};
  const save = useDebounceFn(async () => {
    const patch = unsaved;
    unsaved = {};
    if (session.value) await api.patch('/session/preferences', patch);
  }, 600);

  /** Takes effect at once and is kept for every other browser of this person. */
  function prefer(patch: PreferencesPatch): void {
    if (!session.value) return;
    const next: Preferences = { ...session.value.preferences, ...patch } as Preferences;
    session.value = { ...session.value, preferences: next };
    unsaved = { ...unsaved, ...patch };
    save().catch((error: unknown) => { if (!(error instanceof ApiError) && !(error instanceof TypeError)) throw error; });
  }

  watch(() => preferences.value?.mode, (chosen) => { if (chosen) mode.value = chosen; });
  watch(() => preferences.value?.locale, (chosen) => { if (chosen) void changeLocale(chosen); });

  return { session, isKnown, operator, preferences, can, begin, load, signIn, signOut, end, prefer };
});

/** True when the page was served to somebody without a session. */
function saysNobody(): boolean {
  const mark = document.querySelector('meta[name="plugboard-session"]');
  mark?.remove();
  return mark?.getAttribute('content') === 'none';
}
