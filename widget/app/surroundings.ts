import { channelIsClosed } from './chat/channel-state.ts';
import type { PageConfig } from './page-config.ts';
import { HostStorage, openStorage } from './safe-storage.ts';
import type { TextStorage } from './safe-storage.ts';
import { isOwnBus, openBus } from './wire/bus.ts';
import { DirectWire } from './wire/direct-wire.ts';
import { DeskFiles } from './wire/files.ts';
import type { Files } from './wire/files.ts';
import type { HostPage } from './wire/host-page.ts';
import { DeskHttp } from './wire/http.ts';
import type { Http } from './wire/http.ts';
import type { Session } from './wire/session.ts';
import { SharedWire } from './wire/shared-wire.ts';
import type { MakeWire } from './wire/wire.ts';

/** What the chat stands on: storage and network, or nothing of the kind in a preview. */
export interface Surroundings {
  storage: TextStorage;
  http: Http;
  files(session: Session): Files;
  makeWire(session: Session, onEnded: () => void): MakeWire;
  isClosed(): Promise<boolean>;
}

export async function deskSurroundings(config: PageConfig, host: HostPage): Promise<Surroundings> {
  const { slug, brandId } = config.widget;
  const address = `/widget/${slug}`;
  const storage = await openStorage(`plugboard:${brandId}:`, host);
  const bus = await openBus(`plugboard:${brandId}:${slug}:wire-1`, host);
  const isClosed = () => channelIsClosed(slug);
  return {
    storage, isClosed, http: new DeskHttp(address), files: (session) => new DeskFiles(session, address),
    makeWire: (session, onEnded) => (options) => {
      const make: MakeWire = (direct) => new DirectWire({ ...direct, session, slug, isClosed, onEnded });
      // A session that proves who somebody is stays in its tab where the page would carry it to others.
      return bus ? new SharedWire({ ...options, bus, make, isAlone: () => !isOwnBus(bus) && (session.isBrief || !(storage instanceof HostStorage)) }) : make(options);
    },
  };
}
