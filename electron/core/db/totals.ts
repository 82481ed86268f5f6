import type { Connection } from './connection.ts';
import { dayIndexOf, dayOf } from './list-key.ts';

interface Amounts {
  excl: number;
  incl: number;
}

/** Collects what a transaction changes in one table of totals, so that each total it touches is written once. */
class TotalTable<Key extends number | string> {
  readonly #upsert: string;
  readonly #rows = new Map<string, Amounts & { key: Key; by: number; count: number }>();

  constructor(table: string, keys: string) {
    this.#upsert = `INSERT INTO ${table} VALUES (?, ?, ?, ?, ?) ON CONFLICT (${keys}) DO UPDATE SET
      count = count + excluded.count, excl = excl + excluded.excl, incl = incl + excluded.incl`;
  }

  /** `rows` of them: 0 where something is only counted elsewhere. */
  add(key: Key, by: number, sign: 1 | -1, amounts: Amounts, rows: 0 | 1 = 1): void {
    const name = `${key} ${by}`;
    let row = this.#rows.get(name);
    if (!row) this.#rows.set(name, (row = { key, by, count: 0, excl: 0, incl: 0 }));
    row.count += sign * rows;
    row.excl += sign * amounts.excl;
    row.incl += sign * amounts.incl;
  }

  flush(db: Connection): void {
    const upsert = db.statement(this.#upsert);
    for (const { key, by, count, excl, incl } of this.#rows.values()) {
      if (count !== 0 || excl !== 0 || incl !== 0) upsert.run(key, by, count, excl, incl);
    }
    this.clear();
  }

  clear(): void {
    this.#rows.clear();
  }
}

export interface OrderTotalsRow extends Amounts {
  pk: number;
  status: number;
  /** The order's own. It is counted there, with what is left of it. */
  vehicle: number;
  /** What of it is for other vehicles. */
  shares: readonly (Amounts & { vehicle: number })[];
  /** Whether it is spending: a cancelled order is not. */
  spent: boolean;
}

/** All tables of totals; `sign` 1 puts a row in, -1 takes it out. */
export class Totals {
  readonly #orderDays = new TotalTable<number>('order_day', 'day, status');
  readonly #invoiceDays = new TotalTable<number>('invoice_day', 'day, kind');
  readonly #spending = new TotalTable<string>('spending', 'month, vehicle');

  order(sign: 1 | -1, row: OrderTotalsRow): void {
    this.#orderDays.add(dayIndexOf(row.pk), row.status, sign, row);
    if (!row.spent) return;
    const month = dayOf(row.pk).slice(0, 7);
    this.#spending.add(month, row.vehicle, sign, row);
    for (const share of row.shares) {
      this.#spending.add(month, share.vehicle, sign, share, 0);
      this.#spending.add(month, row.vehicle, sign, { excl: -share.excl, incl: -share.incl }, 0);
    }
  }

  invoice(sign: 1 | -1, row: Amounts & { pk: number; kind: number }): void {
    this.#invoiceDays.add(dayIndexOf(row.pk), row.kind, sign, row);
  }

  flush(db: Connection): void {
    this.#orderDays.flush(db);
    this.#invoiceDays.flush(db);
    this.#spending.flush(db);
  }

  clear(): void {
    this.#orderDays.clear();
    this.#invoiceDays.clear();
    this.#spending.clear();
  }
}
