import type { Card, ToolCall } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { presentCards } from '../plugins/index.ts';
import type { KnownTool } from './known-tools.ts';
import { toolLimits } from './tool-call.model.ts';

/** What would happen, as the plugin says it, with nothing done. Null for a tool without a preview; throws where there should be one. */
export async function previewCall(ctx: ActionContext, { provider }: KnownTool, data: never, call: ToolCall): Promise<Card | null> {
  if (!provider.preview) return null;
  const card = plain(await provider.preview(data, call));
  // Drawn once here, so that what cannot be drawn never waits for anybody.
  presentCards([card], {}, ctx.locale);
  return card;
}

function plain(card: Card): Card {
  const text = JSON.stringify(card);
  if (Buffer.byteLength(text) > toolLimits.previewBytes) throw new Error('the preview is too large');
  return JSON.parse(text) as Card;
}
