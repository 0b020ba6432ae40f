import type { Readable } from 'node:stream';
import type { MailResult, PluginContext, PluginMail, ReceiveAck, ReceivedMessage, RouteUpload } from '@plugboard/sdk';
import type { StoredFile } from '../files/files.ts';
import type { PluginActor } from '../policy/actor.ts';
import type { RegisteredTemplate } from './providers.ts';

/** Who an upload belongs to until a message uses it. */
export type UploadOwner = { type: 'contact' | 'operator'; id: string };

/** A stored file on its way out. */
export interface OpenFile { content: Readable; type: string; size: number; name: string; isInline: boolean }

/** What the desk does on behalf of one plugin: the part of `PluginContext` that speaks of people and conversations. */
export type PluginDesk = Pick<PluginContext, 'contacts' | 'conversations' | 'files' | 'brands' | 'departments' | 'operators' | 'knowledge'> & {
  /** Turns of assistants that ended. */
  runs: PluginContext['assistants']['runs'];
  /** One message from a person, through the single write path. */
  receive(channelId: string, message: ReceivedMessage): Promise<ReceiveAck>;
  /** A mail out of one of the plugin's templates, to somebody who may get it. */
  sendMail(template: RegisteredTemplate, mail: PluginMail): Promise<MailResult>;
  /** Makes the row of a file that a route took in. Its `id` is what `files.claimUpload` is given. */
  keepUpload(input: { stored: StoredFile; name: string; owner: UploadOwner }): Promise<RouteUpload>;
  /** Content of a file that the contact may see; null for every other one. */
  openFile(input: { fileId: string; contactId: string }): Promise<OpenFile | null>;
};

/**
 * Made by the modules, given to the plugin host, asked once for every call: the actor carries the plugin's id, its
 * permissions and how deep the chain of plugin actions is. The host has checked the permission before it calls.
 */
export type PluginServices = (actor: PluginActor) => PluginDesk;
