import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { VehicleFilter, VehicleRow } from '#shared/ipc/vehicles.ts';
import { readOne } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';
import { searchWords } from '../db/texts.ts';
import type { KeyLists } from '../search/key-lists.ts';
import { vehicleRowsOf } from './vehicle-rows.ts';

/** One whole index each, in the order of the list. */
const IN_USE = 'known = 1 AND retired_on IS NULL';
const RETIRED = 'known = 1 AND retired_on IS NOT NULL';
const BY_PLATE = 'ORDER BY plate COLLATE NOCASE, pk';

const listOf = ({ retired }: VehicleFilter): string => (retired === true ? RETIRED : IN_USE);
const wordsOf = ({ text }: VehicleFilter): string[] => (text === undefined ? [] : searchWords(text));

/** The list of vehicles by plate: how long it is, any stretch of it, and where a vehicle stands in it. */
export class VehicleList {
  readonly #db: Connection;
  readonly #lists: KeyLists;

  constructor(db: Connection, lists: KeyLists) {
    this.#db = db;
    this.#lists = lists;
  }

  count(filter: VehicleFilter): number {
    if (wordsOf(filter).length > 0) return this.#found(filter).length;
    return this.#db.value<number>(`SELECT count(*) FROM vehicles WHERE ${listOf(filter)}`) ?? 0;
  }

  page(filter: VehicleFilter, offset: number, limit: number): VehicleRow[] {
    return this.#db.snapshot(() => vehicleRowsOf(this.#db, this.#keys(filter, offset, limit)));
  }

  /** A stretch of the list with everything that is known of each vehicle. */
  values(filter: VehicleFilter, offset: number, limit: number): Vehicle[] {
    return this.#db.snapshot(() => {
      const keys = this.#keys(filter, offset, limit);
      const ids = this.#db.column<Uint8Array>(
        'SELECT v.id FROM json_each(?) j CROSS JOIN vehicles v ON v.pk = j.value ORDER BY j.key',
        JSON.stringify(keys),
      );
      return ids.flatMap((id) => readOne(this.#db, 'vehicle', idText(id))?.value ?? []);
    });
  }

  /** Undefined when the filter hides the vehicle. */
  position(filter: VehicleFilter, id: string): number | undefined {
    return this.#db.snapshot(() => {
      const at = this.#db.get<{ pk: number; plate: string }>(
        `SELECT pk, plate FROM vehicles WHERE id = ? AND ${listOf(filter)}`,
        idBytes(id),
      );
      if (!at) return undefined;
      if (wordsOf(filter).length > 0) {
        const place = this.#found(filter).indexOf(at.pk);
        return place < 0 ? undefined : place;
      }
      const before = (where: string, ...params: (string | number)[]): number =>
        this.#db.value<number>(
          `SELECT count(*) FROM vehicles WHERE ${listOf(filter)} AND ${where}`,
          ...params,
        ) ?? 0;
      return (
        before('plate COLLATE NOCASE < ?', at.plate) +
        before('plate COLLATE NOCASE = ? AND pk < ?', at.plate, at.pk)
      );
    });
  }

  #keys(filter: VehicleFilter, offset: number, limit: number): readonly number[] {
    if (wordsOf(filter).length > 0) return this.#found(filter).slice(offset, offset + limit);
    return this.#db.column<number>(
      `SELECT pk FROM vehicles WHERE ${listOf(filter)} ${BY_PLATE} LIMIT ? OFFSET ?`,
      limit,
      offset,
    );
  }

  /** Every word must occur. Reads the texts of all vehicles, once for each filter and state of the database. */
  #found(filter: VehicleFilter): readonly number[] {
    return this.#lists.get(`vehicles ${JSON.stringify(filter)}`, () => {
      const words = wordsOf(filter);
      return this.#db.column<number>(
        `SELECT pk FROM vehicles WHERE ${listOf(filter)}${words.map(() => ' AND instr(text, ?) > 0').join('')} ${BY_PLATE}`,
        ...words,
      );
    });
  }
}
