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
import type { OrderTotalsRow, Totals } from './totals.ts';
import { NO_VEHICLE, type Vehicles } from './vehicles.ts';

const CANCELLED = statusCodes.code('cancelled');

/** A key stays when the moment moved by less than this: orders of one moment sit behind each other. */
const SAME_MOMENT = 1000;

type Stored = Pick<OrderRecord, 'pk' | 'status' | 'vehicle' | 'excl' | 'incl' | 'deposit' | 'number'> & {
  parts: Uint8Array;
  vehicles: Uint8Array | null;
};

/** `share` is null where the whole order is for the vehicle. */
interface Link {
  vehicle: number;
  share: { excl: number; incl: number } | null;
}

/** An order as its row will be, with what hangs on it. */
interface Row {
  record: Omit<OrderRecord, 'pk'>;
  text: string;
  /** The vehicles that its list finds it under with what of it is for them, and those of them that are not the order's own, packed. */
  links: readonly Link[];
  others: Buffer | null;
  partKeys: readonly number[];
  parts: Buffer;
}

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
    const row = this.#row(id, order, facts);
    const stays = stored !== undefined && stored.pk >= wanted && stored.pk - wanted < SAME_MOMENT;
    if (stays && sameBytes(stored.vehicles, row.others) && stored.vehicle === row.record.vehicle) {
      this.#update(stored, row, facts);
      return stored.pk;
    }
    if (stored) this.#remove(stored);
    return this.#insert(stays ? stored.pk : wanted, row, facts);
  }

  remove(pk: number): void {
    const stored = this.#stored(pk);
    if (stored) this.#remove(stored);
  }

  #stored(pk: number): Stored | undefined {
    return this.#db.get<Stored>(
      'SELECT pk, status, vehicle, excl, incl, deposit, number, parts, vehicles FROM orders WHERE pk = ?',
      pk,
    );
  }

  #row(id: string, order: Order, facts: OrderFacts): Row {
    const own = this.#vehicles.key(order.vehicleId);
    const others = facts.shares.map(({ vehicleId, exclVat, inclVat }) => ({
      vehicle: this.#vehicles.key(vehicleId),
      share: { excl: exclVat, incl: inclVat },
    }));
    const left = { excl: facts.exclVat, incl: facts.inclVat };
    for (const { share } of others) {
      left.excl -= share.excl;
      left.incl -= share.incl;
    }
    const ownLink: Link = { vehicle: own, share: others.length === 0 ? null : left };
    const parts = [...new Set(order.lines.map((line) => this.#parts.key(line)))];
    return {
      record: orderRecord(idBytes(id), order, facts, own),
      text: orderText(order.number),
      // Under no vehicle only when it has none at all.
      links: own === NO_VEHICLE && others.length > 0 ? others : [ownLink, ...others],
      others: others.length === 0 ? null : pack(others.map(({ vehicle }) => vehicle)),
      partKeys: parts,
      parts: pack(parts),
    };
  }

  #insert(wanted: number, row: Row, facts: OrderFacts): number {
    const { record: r, text, parts, others } = row;
    const insert = this.#db.statement(
      'INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk) DO NOTHING',
    );
    const pk = insertAtFreeKey(this.#db, 'orders', wanted, (key) => {
      const { changes } = insert.run(
        key, r.id, r.sum, r.status, r.status_at, r.vehicle, r.excl, r.incl, r.deposit, r.to_return, r.line_count, r.currency, r.number, r.title,
        text, parts, others,
      ); // prettier-ignore
      return changes === 1;
    });
    const link = this.#db.statement('INSERT INTO order_vehicle VALUES (?, ?, ?, ?, ?, ?, ?)');
    for (const { vehicle, share } of row.links)
      link.run(vehicle, pk, r.status, r.excl, r.incl, share?.excl ?? null, share?.incl ?? null);
    this.#totals.order(1, totalsRow(pk, r, row.links));
    this.#linkParts(pk, row.partKeys);
    this.#texts.add('order_text', pk, text);
    this.#insertDeposits(pk, facts);
    return pk;
  }

  /** Most changes of an order leave its vehicles, parts and number alone. */
  #update(stored: Stored, { record: r, text, links, partKeys, parts }: Row, facts: OrderFacts): void {
    const { pk } = stored;
    this.#totals.order(-1, totalsRow(pk, stored, this.#links(stored)));
    this.#totals.order(1, totalsRow(pk, r, links));
    this.#db
      .statement(
        `UPDATE orders SET sum = ?, status = ?, status_at = ?, excl = ?, incl = ?, deposit = ?, to_return = ?, line_count = ?,
           currency = ?, number = ?, title = ?, text = ?, parts = ? WHERE pk = ?`,
      )
      .run(r.sum, r.status, r.status_at, r.excl, r.incl, r.deposit, r.to_return, r.line_count, r.currency, r.number, r.title, text, parts, pk); // prettier-ignore
    const relink = this.#db.statement(
      'UPDATE order_vehicle SET status = ?, excl = ?, incl = ?, excl_share = ?, incl_share = ? WHERE vehicle = ? AND ord = ?',
    );
    for (const { vehicle, share } of links)
      relink.run(r.status, r.excl, r.incl, share?.excl ?? null, share?.incl ?? null, vehicle, pk);
    if (!sameBytes(stored.parts, parts)) {
      this.#unlinkParts(stored);
      this.#linkParts(pk, partKeys);
    }
    if (stored.number !== r.number) {
      this.#texts.remove('order_text', pk, orderText(stored.number));
      this.#texts.add('order_text', pk, text);
    }
    this.#db.statement('DELETE FROM deposits WHERE ord = ?').run(pk);
    this.#insertDeposits(pk, facts);
  }

  #remove(stored: Stored): void {
    const { pk } = stored;
    this.#totals.order(-1, totalsRow(pk, stored, this.#links(stored)));
    this.#db.statement('DELETE FROM orders WHERE pk = ?').run(pk);
    const unlink = this.#db.statement('DELETE FROM order_vehicle WHERE vehicle = ? AND ord = ?');
    unlink.run(stored.vehicle, pk);
    if (stored.vehicles) for (const vehicle of unpack(stored.vehicles)) unlink.run(vehicle, pk);
    this.#db.statement('DELETE FROM deposits WHERE ord = ?').run(pk);
    this.#unlinkParts(stored);
    this.#texts.remove('order_text', pk, orderText(stored.number));
  }

  /** The vehicles besides the order's own that a stored order counts under. */
  #links({ pk, vehicles }: Stored): Link[] {
    if (!vehicles) return [];
    const linked = this.#db.statement(
      'SELECT excl_share AS excl, incl_share AS incl FROM order_vehicle WHERE vehicle = ? AND ord = ?',
    );
    return unpack(vehicles).map((vehicle) => ({
      vehicle,
      share: linked.get(vehicle, pk) as Link['share'],
    }));
  }

  #linkParts(pk: number, parts: readonly number[]): void {
    if (!this.#holds.search) return;
    const link = this.#db.statement('INSERT INTO order_part VALUES (?, ?)');
    for (const part of parts) link.run(part, pk);
  }

  #unlinkParts({ pk, parts }: Stored): void {
    if (!this.#holds.search) return;
    const unlink = this.#db.statement('DELETE FROM order_part WHERE part = ? AND ord = ?');
    for (const part of unpack(parts)) unlink.run(part, pk);
  }

  #insertDeposits(pk: number, facts: OrderFacts): void {
    for (const { line, state, amount, dueOn, vehicleId, title } of facts.deposits) {
      this.#db
        .statement('INSERT INTO deposits VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(pk, line, depositCodes.code(state), amount, dueOn ?? null, this.#vehicles.key(vehicleId), title);
    }
  }
}

function totalsRow(
  pk: number,
  { status, vehicle, excl, incl }: Pick<OrderRecord, 'status' | 'vehicle' | 'excl' | 'incl'>,
  links: readonly Link[],
): OrderTotalsRow {
  const shares = links.flatMap((link) =>
    link.vehicle !== vehicle && link.share ? [{ vehicle: link.vehicle, ...link.share }] : [],
  );
  return { pk, status, vehicle, excl, incl, shares, spent: status !== CANCELLED };
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(a, b) === 0;
}
