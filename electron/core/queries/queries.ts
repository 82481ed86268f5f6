import type { Input, Output } from '#shared/ipc/contract.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { keysOf, readAll, readOne } from '../db/base.ts';
import { typeCodes } from '../db/codes.ts';
import { idBytes } from '../db/ids.ts';
import type { Store } from '../db/store.ts';
import { BoughtParts } from '../search/bought-parts.ts';
import { KeyLists } from '../search/key-lists.ts';
import { SearchCache, SearchIndex } from '../search/search-index.ts';
import { search } from '../search/search.ts';
import { suggestParts } from '../search/suggest.ts';
import { VehicleParts } from '../search/vehicle-parts.ts';
import { home } from './home.ts';
import type { Downloading } from './invoice-list.ts';
import { invoiceRowsOf } from './invoice-list.ts';
import type { FileWork } from './invoices.ts';
import { InvoiceList } from './invoices.ts';
import { accountView } from './account.ts';
import { basketDetail, basketList } from './baskets.ts';
import { orderDetail, trackingUrl } from './order-detail.ts';
import { OrderRows } from './order-list.ts';
import { OrderList } from './orders.ts';
import { parisDay } from './rights.ts';
import { PendingOrders } from './pending-orders.ts';
import { sentMessages } from './support.ts';
import { vehicleFile } from './vehicle-file.ts';
import { VehicleList } from './vehicle-list.ts';
import { VehicleTags } from './vehicle-tags.ts';
import { vehicleChoices } from './vehicles.ts';

export type Counts = SyncStatus['counts'];

/** Everything that screens ask of one account's database. All of it reads; none of it waits. */
export class Queries {
  readonly orders: OrderList;
  readonly invoices: InvoiceList;
  readonly vehicleList: VehicleList;
  readonly #store: Store;
  readonly #files: FileWork;
  readonly #tags: VehicleTags;
  readonly #rows: OrderRows;
  readonly #cache: SearchCache;
  readonly #bought: BoughtParts;
  readonly #lists: KeyLists;
  readonly #ofVehicle: VehicleParts;

  constructor(store: Store, files: FileWork, recent?: number) {
    this.#store = store;
    this.#files = files;
    const version = (): number => store.version;
    const lists = new KeyLists(version);
    this.#lists = lists;
    this.#tags = new VehicleTags(store.reader, version);
    this.#rows = new OrderRows(store.reader, this.#tags, new PendingOrders(store.reader, version));
    this.#cache = new SearchCache(store.reader, version, recent);
    this.#bought = new BoughtParts(store.reader);
    this.#ofVehicle = new VehicleParts(store.reader, version);
    this.orders = new OrderList(store.reader, lists, this.#rows, this.#cache);
    this.invoices = new InvoiceList(store.reader, lists, files, this.#cache);
    this.vehicleList = new VehicleList(store.reader, lists);
  }

  home(now: number): Output<'home.get'> {
    return home(this.#store.reader, { ...this.#read(), today: parisDay(new Date(now).toISOString()) });
  }

  profile(): Output<'profile.get'> {
    return readAll(this.#store.reader, 'profile')[0]?.value;
  }

  account(): Output<'account.get'> {
    return accountView(this.#store.reader);
  }

  support(): Output<'support.list'> {
    return sentMessages(this.#store.reader);
  }

  baskets(): Output<'baskets.list'> {
    return basketList(this.#store.reader, this.#tags);
  }

  basket(id: string): Output<'baskets.get'> | undefined {
    return basketDetail(this.#store.reader, id, this.#tags);
  }

  suggest({ text, vehicle, limit }: Input<'baskets.suggest'>): Output<'baskets.suggest'> {
    const { reader } = this.#store;
    return reader.snapshot(() =>
      suggestParts(
        new SearchIndex(reader, this.#cache),
        { text, vehicle, limit },
        { bought: this.#bought, ofVehicle: this.#ofVehicle, tags: this.#tags },
      ),
    );
  }

  order(id: string): Output<'orders.get'> | undefined {
    return orderDetail(this.#store.reader, id, this.#read());
  }

  trackingUrl(orderId: string, shipmentId: string): string | undefined {
    const order = readOne(this.#store.reader, 'order', orderId);
    return order && trackingUrl(order.value, shipmentId);
  }

  invoice(id: string): Output<'invoices.get'> | undefined {
    const { reader } = this.#store;
    return reader.snapshot(() => {
      const stored = readOne(reader, 'invoice', id);
      const [row] = invoiceRowsOf(reader, keysOf(stored), this.#files.downloading);
      return stored && row && { id, row, invoice: stored.value };
    });
  }

  vehicles(asked: Input<'vehicles.list'>): Output<'vehicles.list'> {
    return vehicleChoices(this.#store.reader, this.#lists, asked);
  }

  vehicle(id: string, now: number): Output<'vehicles.get'> | undefined {
    return vehicleFile(this.#store.reader, id, parisDay(new Date(now).toISOString()));
  }

  search(text: string, limit: number): Output<'search.query'> {
    return search(this.#store.reader, text, limit, { ...this.#read(), cache: this.#cache });
  }

  /** The place of an entity's row in its list; undefined when it is not there. */
  keyOf(type: 'order' | 'invoice', id: string): number | undefined {
    return this.#store.reader.value<number>(
      'SELECT key FROM base WHERE type = ? AND id = ? AND body IS NOT NULL',
      typeCodes.code(type),
      idBytes(id),
    );
  }

  #read(): { rows: OrderRows; tags: VehicleTags; downloading: Downloading } {
    return { rows: this.#rows, tags: this.#tags, downloading: this.#files.downloading };
  }

  counts(): Counts {
    const { reader } = this.#store;
    return {
      orders: reader.value<number>('SELECT sum(count) FROM order_day') ?? 0,
      invoices: reader.value<number>('SELECT sum(count) FROM invoice_day') ?? 0,
      vehicles: reader.value<number>('SELECT count(*) FROM vehicles WHERE known = 1') ?? 0,
      baskets: reader.value<number>('SELECT count(*) FROM baskets WHERE deleted_at IS NULL') ?? 0,
    };
  }
}
