import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { Connection } from './connection.ts';
import { idBytes } from './ids.ts';
import { vehicleText } from './texts.ts';

/** What orders without a vehicle are kept under. */
export const NO_VEHICLE = 0;

const MOST_REMEMBERED = 10_000;

/** Vehicles by small keys. Orders may name a vehicle before it comes, or after it went: it has a key all the same. */
export class Vehicles {
  readonly #db: Connection;
  readonly #known = new Map<string, number>();

  constructor(db: Connection) {
    this.#db = db;
  }

  key(id: string | undefined): number {
    if (id === undefined) return NO_VEHICLE;
    let pk = this.#known.get(id);
    if (pk === undefined) {
      const bytes = idBytes(id);
      this.#db.run('INSERT INTO vehicles (id, known) VALUES (?, 0) ON CONFLICT DO NOTHING', bytes);
      pk = this.#db.value<number>('SELECT pk FROM vehicles WHERE id = ?', bytes) ?? NO_VEHICLE;
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.set(id, pk);
    }
    return pk;
  }

  put(id: string, vehicle: Vehicle): number {
    const pk = this.key(id);
    const latest = latestMileage(vehicle);
    this.#db.run(
      `UPDATE vehicles SET known = 1, plate = ?, label = ?, customer = ?, text = ?, vin = ?, make = ?, model = ?, engine = ?,
         mileage = ?, mileage_on = ?, retired_on = ? WHERE pk = ?`,
      vehicle.plate,
      `${vehicle.make} ${vehicle.model}`,
      vehicle.customerName ?? null,
      vehicleText(vehicle),
      vehicle.vin ?? null,
      vehicle.make,
      vehicle.model,
      vehicle.engine ?? null,
      latest?.kilometres ?? null,
      latest?.on ?? null,
      vehicle.retiredOn ?? null,
      pk,
    );
    return pk;
  }

  remove(pk: number): void {
    this.#db.run(
      `UPDATE vehicles SET known = 0, plate = '', label = '', customer = NULL, text = '', vin = NULL, make = '', model = '',
         engine = NULL, mileage = NULL, mileage_on = NULL, retired_on = NULL WHERE pk = ?`,
      pk,
    );
  }

  /** After a rollback: keys that were handed out in the transaction do not exist. */
  forget(): void {
    this.#known.clear();
  }
}

function latestMileage({ mileages }: Vehicle): Vehicle['mileages'][number] | undefined {
  return mileages.reduce<Vehicle['mileages'][number] | undefined>(
    (latest, mileage) => (latest === undefined || mileage.on >= latest.on ? mileage : latest),
    undefined,
  );
}
