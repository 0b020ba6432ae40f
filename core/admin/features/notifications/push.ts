import type { PushSubscriptionDto } from '../../../shared/notifications.ts';
import { api } from '../../sdk/api.ts';

/** Where this browser keeps which of the subscriptions is its own. */
const ownKey = 'plugboard.push';
const worker = '/admin/push-worker.js';

export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

export const ownSubscription = (): string | null => localStorage.getItem(ownKey);

const registration = (): Promise<ServiceWorkerRegistration | undefined> => navigator.serviceWorker.getRegistration('/admin/');

/** How this browser stands. Push needs a secure address (https, or localhost). */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const subscription = await (await registration())?.pushManager.getSubscription();
  return subscription && ownSubscription() ? 'on' : 'off';
}

const bytesOf = (key: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Asks the person, then the browser's push service, then tells the desk. */
export async function switchPushOn(key: string): Promise<PushState> {
  if (await Notification.requestPermission() !== 'granted') return pushState();
  await navigator.serviceWorker.register(worker, { scope: '/admin/' });
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  const { id } = await api.post<PushSubscriptionDto>('/push-subscriptions', subscription.toJSON());
  localStorage.setItem(ownKey, id);
  return 'on';
}

/** Nobody who signs in here later gets what was meant for this person. */
export async function switchPushOff(): Promise<void> {
  const id = ownSubscription();
  localStorage.removeItem(ownKey);
  if (id) await api.delete(`/push-subscriptions/${id}`).catch(() => undefined);
  if ('serviceWorker' in navigator) await (await (await registration())?.pushManager.getSubscription())?.unsubscribe();
}
