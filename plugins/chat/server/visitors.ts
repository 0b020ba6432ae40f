import type { ChannelHandle, PluginContext } from '@plugboard/sdk';
import { Codes } from './codes.ts';
import { registerEmails } from './emails.ts';
import type { Help } from './help.ts';
import { addHelpRoutes } from './help.routes.ts';
import { registerIdentity } from './identity-provider.ts';
import { PluginKey } from './keys.ts';
import { Limits } from './limits.ts';
import { addNotices } from './notices.ts';
import type { PublicConfig } from './public-config.ts';
import { addSdkChatRoutes } from './sdk-chat.routes.ts';
import { SdkChats } from './sdk-chat.ts';
import { Sessions } from './sessions.ts';
import { addSweeps } from './sweeps.ts';
import { addTranscripts } from './transcripts.ts';
import { addUnsubscribeRoutes } from './unsubscribe.routes.ts';
import { Unsubscribes } from './unsubscribes.ts';
import { addAssistantRoutes } from './visitor-assistant.routes.ts';
import { addDetailsRoutes } from './visitor-details.routes.ts';
import { addProfileRoutes } from './visitor-profile.routes.ts';
import { addVisitorRoutes, VisitorPlace } from './visitor.routes.ts';
import { addVisitorSockets } from './visitor.sockets.ts';
import type { WidgetStore } from './widget.store.ts';

/** Everything that visitors do, and what is sent to them and about them. */
export async function addVisitors(ctx: PluginContext, { store, config, channel, help }: { store: WidgetStore; config: PublicConfig; channel: ChannelHandle; help: Help }): Promise<void> {
  const limits = new Limits(ctx.db);
  const key = new PluginKey(ctx, 'signing');
  const codes = new Codes(ctx, limits, key);
  const unsubscribes = new Unsubscribes(ctx.db, key);
  const sessions = new Sessions(ctx, await addVisitorSockets(ctx, store, channel));
  const place = new VisitorPlace(ctx, store);
  await registerEmails(ctx);
  await registerIdentity(ctx, store, sessions);
  await addVisitorRoutes(ctx, place, config, sessions);
  await addAssistantRoutes(ctx, place);
  await addHelpRoutes(ctx, place, help);
  await addDetailsRoutes(ctx, place, sessions, codes);
  await addProfileRoutes(ctx, place, sessions);
  await addSdkChatRoutes(ctx, new SdkChats(ctx, store, sessions, channel));
  await addNotices(ctx, store, { limits, unsubscribes });
  await addTranscripts(ctx, store, place, limits);
  await addUnsubscribeRoutes(ctx, unsubscribes);
  await addSweeps(ctx, codes, limits);
}
