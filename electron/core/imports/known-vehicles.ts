import { foldCompact } from '#shared/domain/fold.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { Wanted } from './wanted.ts';

export interface KnownVehicle {
  id: string;
  value: Vehicle;
}

/** The vehicles that rows of a file may be about, found by VIN and, where that finds none, by plate. */
export class KnownVehicles {
  readonly #byVin = new Map<string, string>();
  readonly #byPlate = new Map<string, { id: string; retired: boolean }>();
  readonly #read: (id: string) => KnownVehicle | undefined;

  constructor(read: (id: string) => KnownVehicle | undefined) {
    this.#read = read;
  }

  add(id: string, names: { plate: string; vin: string | undefined; retired: boolean }): void {
    if (names.vin !== undefined) this.#byVin.set(names.vin, id);
    const plate = foldCompact(names.plate);
    // A plate may have gone from a vehicle that was sold to the one in use.
    const taken = this.#byPlate.get(plate);
    if (!taken || (taken.retired && !names.retired)) this.#byPlate.set(plate, { id, retired: names.retired });
  }

  find({ vin, plate }: Wanted): KnownVehicle | undefined {
    const id =
      (vin === undefined ? undefined : this.#byVin.get(vin)) ??
      (plate === undefined ? undefined : this.#byPlate.get(foldCompact(plate))?.id);
    return id === undefined ? undefined : this.#read(id);
  }
}

/**
 * Tells when a file names a vehicle for the second time. Two vehicles may have one plate, because plates are sold on: that is no second time where
 * both have a VIN, or where both are known.
 */
export class Seen {
  readonly #ids = new Set<string>();
  readonly #vins = new Set<string>();
  readonly #plates = new Map<string, { withoutVin: boolean }>();

  again({ vin, plate }: Wanted, id: string | undefined): boolean {
    const again = id === undefined ? this.#named(vin, plate) : this.#ids.has(id);
    if (id !== undefined) this.#ids.add(id);
    if (vin !== undefined) this.#vins.add(vin);
    if (plate !== undefined) {
      const name = foldCompact(plate);
      const before = this.#plates.get(name)?.withoutVin === true;
      this.#plates.set(name, { withoutVin: before || vin === undefined });
    }
    return again;
  }

  #named(vin: string | undefined, plate: string | undefined): boolean {
    if (vin !== undefined && this.#vins.has(vin)) return true;
    const before = plate === undefined ? undefined : this.#plates.get(foldCompact(plate));
    return before !== undefined && (vin === undefined || before.withoutVin);
  }
}
