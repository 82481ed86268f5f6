import type { Topic } from '#shared/ipc/contract.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Reply } from '../service/reply.ts';
import { failure } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import { Applier } from './applier.ts';
import type { Page } from './page.ts';
import { fetchPage } from './page.ts';
import { schemaFingerprint } from './readable.ts';
import { beginReread, stagePage, swap } from './reread.ts';

/** A service that sends us back to the start more often than this in one go will not get us anywhere. */
const MOST_RESTARTS = 2;

interface Place {
  cursor: string | undefined;
  epoch: string | undefined;
  rereading: boolean;
}

/** Reads the change feed to its end, page by page. */
export class Puller {
  readonly #store: Store;
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #appVersion: string;
  readonly #newId: () => string;
  readonly #applier: Applier;
  #received = 0;
  readonly #onCommit: (topics: readonly Topic[]) => void;

  constructor(
    of: { store: Store; session: Session; outbox: Outbox; appVersion: string; newId: () => string },
    onCommit: (topics: readonly Topic[]) => void,
  ) {
    this.#store = of.store;
    this.#session = of.session;
    this.#outbox = of.outbox;
    this.#appVersion = of.appVersion;
    this.#newId = of.newId;
    this.#applier = new Applier(of.outbox);
    this.#onCommit = onCommit;
  }

  /** Pages that were applied stay, whatever comes after them. Failures of the database are thrown. `received` counts what came or went. */
  async run(outer: AbortSignal): Promise<{ reply: Reply<undefined>; received: number }> {
    this.#received = 0;
    await this.#outbox.ready();
    // Ends the request for a page that nobody will apply any more.
    const ahead = new AbortController();
    try {
      const reply = await this.#run(AbortSignal.any([outer, ahead.signal]));
      return { reply, received: this.#received };
    } finally {
      ahead.abort();
    }
  }

  async #run(signal: AbortSignal): Promise<Reply<undefined>> {
    let place = await this.#start();
    let next = this.#fetch(place.cursor, signal);
    for (let restarts = 0; ;) {
      const page = await next;
      const restored =
        page.ok &&
        // A base that lacks what was confirmed before is another base, whether its epoch says so or not.
        ((place.epoch !== undefined && page.value.epoch !== place.epoch) ||
          (!place.rereading && this.#outbox.isBehind(page.value)));
      if (restored || (!page.ok && page.status === 410)) {
        if (restarts >= MOST_RESTARTS)
          return failure('bad_answer', { detail: 'the feed starts over again and again' });
        restarts += 1;
        await beginReread(this.#store);
        this.#onCommit([]);
        place = { cursor: undefined, epoch: undefined, rereading: true };
        next = this.#fetch(undefined, signal);
        continue;
      }
      if (!page.ok) return page;
      // The next page travels while this one is written. Refusals have to be kept first: what is asked next acknowledges them.
      const ahead = page.value.hasMore && page.value.rejections.length === 0;
      if (ahead) next = this.#fetch(page.value.cursor, signal);
      if (!this.#isNews(page.value, place)) return { ok: true, value: undefined };
      this.#onCommit(await this.#keep(page.value, place.rereading));
      if (!page.value.hasMore) return { ok: true, value: undefined };
      place = { ...place, cursor: page.value.cursor, epoch: page.value.epoch };
      if (!ahead) next = this.#fetch(place.cursor, signal);
    }
  }

  /** Another app than the last one that synced may read values in another way: then all of them are read again. */
  async #start(): Promise<Place> {
    const place = this.#place();
    const { reader } = this.#store;
    if (getMeta(reader, 'app') === this.#appVersion) return place;
    const schema = getMeta(reader, 'schema');
    const again = schema !== undefined && schema !== schemaFingerprint() && !place.rereading;
    if (again) await beginReread(this.#store);
    await this.#store.write((db) => setMeta(db, 'app', this.#appVersion));
    return again ? { cursor: undefined, epoch: undefined, rereading: true } : place;
  }

  #place(): Place {
    const { reader } = this.#store;
    return reader.snapshot(() =>
      getMeta(reader, 'rereading') === 1
        ? { rereading: true, cursor: getMeta(reader, 'rereadCursor'), epoch: getMeta(reader, 'rereadEpoch') }
        : { rereading: false, cursor: getMeta(reader, 'cursor'), epoch: getMeta(reader, 'epoch') },
    );
  }

  /** Most polls bring nothing, and then nothing is written: the place in the feed is where it was. */
  #isNews(page: Page, place: Place): boolean {
    if (page.changes.length > 0 || page.hasMore || place.rereading || this.#outbox.hasNews(page)) return true;
    return page.epoch !== place.epoch || getMeta(this.#store.reader, 'complete') !== 1;
  }

  async #keep(page: Page, rereading: boolean): Promise<readonly Topic[]> {
    this.#received += page.changes.length;
    if (!rereading) return this.#applier.apply(page);
    const topics = await stagePage(this.#applier, page);
    return page.hasMore ? topics : swap(this.#applier, page);
  }

  #fetch(cursor: string | undefined, signal: AbortSignal): Promise<Reply<Page>> {
    const asking = this.#outbox.asking();
    if (!asking) throw new Error('a pull before the outbox is ready');
    return fetchPage(this.#session, { ...asking, cursor, ask: this.#newId() }, signal);
  }
}
