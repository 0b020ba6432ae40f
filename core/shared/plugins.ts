import { z } from 'zod';
import type { Card } from '@plugboard/sdk';

export const phases = ['idle', 'loading', 'active', 'closing', 'failed', 'degraded', 'incompatible', 'missing', 'quarantined'] as const;
/** What one process sees of a plugin. Written by that process only. */
export type Phase = (typeof phases)[number];

export interface PluginInstanceDto { process: string; phase: Phase; stage: string | null; error: string | null; version: string | null; seenAt: string }
export interface PluginDto {
  id: string; name: string; description: string; version: string | null; category: string; kind: 'plugin' | 'language' | 'theme'; icon: string | null; author: string | null;
  permissions: string[]; consented: string[]; isShipped: boolean; hasSettings: boolean; hasAdmin: boolean; requires: Record<string, string>;
  abilities: { id: string; label: string }[]; tools: { name: string; effect: 'read' | 'write'; label: string }[]; claims: string[];
  desired: 'active' | 'inactive';
  /** The worst phase over all living processes. */
  phase: Phase;
  instances: PluginInstanceDto[];
}
export interface PluginHealthDto {
  instances: PluginInstanceDto[];
  errors: { at: string; process: string; stage: string; point: string; message: string; stack: string | null }[];
  points: { point: string; calls: number; failures: number; p50Ms: number; p95Ms: number; breaker: 'closed' | 'open' | 'half-open' }[];
  heldJobs: number;
  adds: { routes: string[]; hooks: string[]; jobs: string[]; providers: string[]; namespaces: string[]; claims: string[] };
}
export const activationBody = z.strictObject({ active: z.boolean(), consent: z.array(z.string().max(120)).max(100).optional() });
export const settingsBody = z.strictObject({ values: z.record(z.string().max(60), z.json()), brandId: z.string().max(40).optional() });
/** A secret as it is answered: never its value. */
export interface SecretState { set: boolean; updatedAt: string | null; last4: string | null }
export interface PluginSettingsDto { fields: unknown[]; values: Record<string, unknown>; locked: string[]; brandId: string | null }
/** One plugin's cards beside a conversation or a contact, its texts already in the reader's language. `error` when they did not come. */
export interface PanelDto { plugin: string; panel: string; title: string; cards: Card[]; error: 'timeout' | 'failed' | null }
/** An action answers `{ cards }` when it redraws its panel. */
export const panelActionBody = z.strictObject({ contactId: z.string().max(40), conversationId: z.string().max(40).nullable().default(null), values: z.json().optional() });
