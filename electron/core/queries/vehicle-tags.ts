import type { VehicleTag } from '#shared/ipc/vehicles.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';

/** Plates and names of vehicles as lists show them. The same few are on every row, so each is read once for each state of the database. */
export class VehicleTags {
  readonly #db: Connection;
  readonly #version: () => number;
  readonly #known = new Map<number, VehicleTag | undefined>();
  #at = -1;

  constructor(db: Connection, version: () => number) {
    this.#db = db;
    this.#version = version;
  }

  /** Undefined when the vehicle is not known (any more). */
  get(key: number): VehicleTag | undefined {
    if (this.#at !== this.#version()) {
      this.#known.clear();
      this.#at = this.#version();
    }
    if (!this.#known.has(key)) this.#known.set(key, this.#read(key));
    return this.#known.get(key);
  }

  byId(id: string): VehicleTag | undefined {
    const key = this.#db.value<number>('SELECT pk FROM vehicles WHERE id = ?', idBytes(id));
    return key === undefined ? undefined : this.get(key);
  }

  #read(key: number): VehicleTag | undefined {
    const row = this.#db.get<{ id: Uint8Array; plate: string; label: string }>(
      'SELECT id, plate, label FROM vehicles WHERE pk = ? AND known = 1',
      key,
    );
    return row && { id: idText(row.id), plate: row.plate, label: row.label };
  }
}
