import { defineModule } from '../../kernel/module.ts';
import { notificationPolicies } from './notification.policy.ts';
import { notificationRoutes } from './notifications.routes.ts';
import { notificationTopic, notify, sendNotification, type NotificationHint } from './notify.ts';
import { definePushJob } from './push-jobs.ts';

export { audienceOf } from './audience.ts';

/** What operators are told of besides what stands on their screens: in the desk, by sound, by web push; and who wants mail. */
export const notificationsModule = defineModule({
  id: 'notifications',
  routes: notificationRoutes,
  policies: notificationPolicies,
  start(kernel) {
    definePushJob(kernel);
    kernel.outbox.onEvent((entry) => notify(kernel, entry));
    kernel.bus.subscribe(notificationTopic, (hint) => sendNotification(kernel, hint as NotificationHint));
  },
});
