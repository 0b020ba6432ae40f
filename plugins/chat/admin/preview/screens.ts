export const screens = ['launcher', 'dashboard', 'conversation', 'authentication'] as const;
export type Screen = (typeof screens)[number];
export type Device = 'desktop' | 'phone';
