/** Bus topic: the desired state of plugins changed. */
export const changedTopic = 'plugins.changed';
