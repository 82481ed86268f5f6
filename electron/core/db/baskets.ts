import type { Basket } from '#shared/domain/basket.ts';
import { basketRecord } from './basket-rows.ts';
import type { Connection } from './connection.ts';
import { idBytes } from './ids.ts';
import type { Vehicles } from './vehicles.ts';

/** The rows of baskets that lists read. Their lines are in their values: no list looks into them. */
export class Baskets {
  readonly #db: Connection;
  readonly #vehicles: Vehicles;

  constructor(db: Connection, vehicles: Vehicles) {
    this.#db = db;
    this.#vehicles = vehicles;
  }

  put(id: string, basket: Basket): number {
    const bytes = idBytes(id);
    const r = basketRecord(basket, this.#vehicles.key(basket.vehicleId));
    const columns =
      'id, sum, name, vehicle, template, line_count, quantity, excl, incl, currency, unpriced, oldest_price_at, changed_at, deleted_at';
    this.#db.run(
      `INSERT INTO baskets (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
         sum = excluded.sum, name = excluded.name, vehicle = excluded.vehicle, template = excluded.template,
         line_count = excluded.line_count, quantity = excluded.quantity, excl = excluded.excl, incl = excluded.incl,
         currency = excluded.currency, unpriced = excluded.unpriced, oldest_price_at = excluded.oldest_price_at,
         changed_at = excluded.changed_at, deleted_at = excluded.deleted_at`,
      bytes, r.sum, r.name, r.vehicle, r.template, r.line_count, r.quantity, r.excl, r.incl, r.currency, r.unpriced,
      r.oldest_price_at, r.changed_at, r.deleted_at,
    ); // prettier-ignore
    return this.#db.value<number>('SELECT pk FROM baskets WHERE id = ?', bytes) ?? 0;
  }

  remove(pk: number): void {
    this.#db.run('DELETE FROM baskets WHERE pk = ?', pk);
  }
}
