/* Shows what operators are told of while no page of the desk is in front of them. */

self.addEventListener('push', (event) => event.waitUntil(show(event.data?.json())));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.conversationId));
});
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Windows of the desk itself: chats and help centres are of the same address. */
const isDesk = ({ url, frameType }) => frameType === 'top-level' && /^\/admin(\/|$)/.test(new URL(url).pathname);
const pages = async () => (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(isDesk);

async function show(message) {
  if (!message) return;
  if (message.event !== 'test' && (await pages()).some((page) => page.focused)) return;
  await self.registration.showNotification(message.title, {
    body: message.text,
    dir: message.dir,
    lang: message.lang,
    icon: '/admin/icon.svg',
    tag: message.conversationId ?? message.id,
    renotify: true,
    data: { conversationId: message.conversationId },
  });
}

async function open(conversationId) {
  const address = conversationId ? `/admin/conversations/${conversationId}` : '/admin/inbox';
  const [page] = await pages();
  if (!page) return self.clients.openWindow(address);
  await page.focus();
  page.postMessage({ type: 'open', address: address.slice('/admin'.length) });
}
