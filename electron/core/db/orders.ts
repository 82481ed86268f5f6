import type { Order } from '#shared/domain/order.ts';
import { depositCodes, statusCodes } from './codes.ts';
import type { Connection } from './connection.ts';
import type { Holds } from './holds.ts';
import { insertAtFreeKey } from './free-key.ts';
import { idBytes } from './ids.ts';
import { orderKey } from './list-key.ts';
import type { OrderFacts } from './order-facts.ts';
import { orderFacts } from './order-facts.ts';
import type { OrderRecord } from './order-rows.ts';
import { orderRecord } from './order-rows.ts';
import { pack, unpack } from './packed.ts';
import type { Parts } from './parts.ts';
import type { TextsWriter } from './texts-writer.ts';
import { orderText } from './texts.ts';
import type { Totals } from './totals.ts';
import { NO_VEHICLE, type Vehicles } from './vehicles.ts';

const CANCELLED = statusCodes.code('cancelled');

/** A key stays when the moment moved by less than this: orders of one moment sit behind each other. */
const SAME_MOMENT = 1000;

type Stored = Pick<OrderRecord, 'pk' | 'status' | 'vehicle' | 'excl' | 'incl' | 'deposit' | 'number'> & {
  parts: Uint8Array;
  vehicles: Uint8Array | null;
};

/** Everything that the screens need of orders: rows, links to vehicles and parts, deposits, totals, texts. */
export class Orders {
  readonly #db: Connection;
  readonly #vehicles: Vehicles;
  readonly #parts: Parts;
  readonly #totals: Totals;
  readonly #texts: TextsWriter;
  readonly #holds: Holds;

  constructor(
    db: Connection,
    vehicles: Vehicles,
    parts: Parts,
    totals: Totals,
    texts: TextsWriter,
    holds: Holds,
  ) {
    this.#db = db;
    this.#vehicles = vehicles;
    this.#parts = parts;
    this.#totals = totals;
    this.#texts = texts;
    this.#holds = holds;
  }

  /** Inserts, or replaces the one under `old`. Answers the key, which moves with the order's date. */
  put(old: number | undefined, id: string, order: Order): number {
    const facts = orderFacts(order);
    const wanted = orderKey(order.placedOn, order.placedAt);
    const stored = old === undefined ? undefined : this.#stored(old);
    const stays = stored !== undefined && stored.pk >= wanted && stored.pk - wanted < SAME_MOMENT;
    const parts = distinct(order.lines.map((line) => this.#parts.key(line)));
    const packed = pack(parts);
    const keepsParts = stays && Buffer.compare(packed, stored.parts) === 0;
    const keepsText = stays && stored.number === order.number;
    if (stored) this.#remove(stored, { keepParts: keepsParts, keepText: keepsText });
    const pk = this.#insertRow(stays ? stored.pk : wanted, id, order, facts, packed);
    if (!keepsParts && this.#holds.search) {
      const link = this.#db.statement('INSERT INTO order_part VALUES (?, ?)');
      for (const part of parts) link.run(part, pk);
    }
    if (!keepsText) this.#texts.add('order_text', pk, orderText(order.number));
    this.#insertDeposits(pk, facts);
    return pk;
  }

  remove(pk: number): void {
    const stored = this.#stored(pk);
    if (stored) this.#remove(stored, { keepParts: false, keepText: false });
  }

  #stored(pk: number): Stored | undefined {
    return this.#db.get<Stored>(
      'SELECT pk, status, vehicle, excl, incl, deposit, number, parts, vehicles FROM orders WHERE pk = ?',
      pk,
    );
  }

  #insertRow(wanted: number, id: string, order: Order, facts: OrderFacts, parts: Buffer): number {
    const vehicles = facts.vehicleIds.map((vehicleId) => this.#vehicles.key(vehicleId));
    const own = order.vehicleId === undefined ? NO_VEHICLE : this.#vehicles.key(order.vehicleId);
    const others = vehicles.filter((vehicle) => vehicle !== own);
    const r = orderRecord(idBytes(id), order, facts, own);
    const insert = this.#db.statement(
      'INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk) DO NOTHING',
    );
    const pk = insertAtFreeKey(this.#db, 'orders', wanted, (key) => {
      const { changes } = insert.run(
        key, r.id, r.sum, r.status, r.status_at, r.vehicle, r.excl, r.incl, r.deposit, r.to_return, r.line_count, r.currency, r.number, r.title,
        orderText(r.number), parts, others.length === 0 ? null : pack(others),
      ); // prettier-ignore
      return changes === 1;
    });
    const link = this.#db.statement('INSERT INTO order_vehicle VALUES (?, ?, ?, ?, ?)');
    for (const vehicle of vehicles.length === 0 ? [NO_VEHICLE] : vehicles)
      link.run(vehicle, pk, r.status, r.excl, r.incl);
    this.#totals.order(1, { ...r, pk, spent: r.status !== CANCELLED });
    return pk;
  }

  #insertDeposits(pk: number, facts: OrderFacts): void {
    for (const { line, state, amount, dueOn, vehicleId, title } of facts.deposits) {
      this.#db
        .statement('INSERT INTO deposits VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(pk, line, depositCodes.code(state), amount, dueOn ?? null, this.#vehicles.key(vehicleId), title);
    }
  }

  #remove(stored: Stored, keep: { keepParts: boolean; keepText: boolean }): void {
    const { pk } = stored;
    this.#db.statement('DELETE FROM orders WHERE pk = ?').run(pk);
    const unlink = this.#db.statement('DELETE FROM order_vehicle WHERE vehicle = ? AND ord = ?');
    unlink.run(stored.vehicle, pk);
    if (stored.vehicles) for (const vehicle of unpack(stored.vehicles)) unlink.run(vehicle, pk);
    this.#db.statement('DELETE FROM deposits WHERE ord = ?').run(pk);
    if (!keep.keepParts && this.#holds.search) {
      const unpart = this.#db.statement('DELETE FROM order_part WHERE part = ? AND ord = ?');
      for (const part of unpack(stored.parts)) unpart.run(part, pk);
    }
    if (!keep.keepText) this.#texts.remove('order_text', pk, orderText(stored.number));
    this.#totals.order(-1, { ...stored, spent: stored.status !== CANCELLED });
  }
}

const distinct = (keys: readonly number[]): number[] => [...new Set(keys)];
