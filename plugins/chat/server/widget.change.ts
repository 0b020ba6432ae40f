import type { ChangeWidget, Widget, WidgetConfig } from './widget.schema.ts';

type Fields<T> = { [K in keyof T]?: T[K] | undefined };

/** `over` lies on top where it says something. */
function merge<T extends object>(under: T, over: Fields<T> | undefined): T {
  return { ...under, ...Object.fromEntries(Object.entries(over ?? {}).filter(([, value]) => value !== undefined)) };
}

function mergeNotifications(under: WidgetConfig['notifications'], over: ChangeWidget['notifications']): WidgetConfig['notifications'] {
  return { operators: merge(under.operators, over?.operators), users: merge(under.users, over?.users), transcript: merge(under.transcript, over?.transcript) };
}

/** A widget with what a body names, the rest as it was. */
export function changedWidget(widget: Widget, body: ChangeWidget): Widget {
  const { appearance, security, notifications, version: _read, ...rest } = body;
  return {
    ...merge<Widget>(widget, rest),
    appearance: merge(widget.appearance, appearance),
    security: merge(widget.security, security),
    notifications: mergeNotifications(widget.notifications, notifications),
  };
}
