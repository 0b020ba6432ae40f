/**
 * What happened to a conversation, as its thread tells it: a key and parameters, made into a text where it is shown.
 * `true` marks the ones that the contact may see; their parameters hold nothing about the desk.
 */
export const messageEvents = {
  closed: true,
  reopened: true,
  ticket: true,
  handedOver: true,
  takenOver: false,
  passedToAssistant: false,
  assistantPaused: false,
  status: false,
  priority: false,
  assigned: false,
  department: false,
  tags: false,
  subject: false,
  spam: false,
  toolAsked: false,
  toolDone: false,
  toolFailed: false,
  toolRejected: false,
  toolExpired: false,
} as const;

export type MessageEventKey = keyof typeof messageEvents;
