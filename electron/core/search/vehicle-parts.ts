import type { Order } from '#shared/domain/order.ts';
import { readOne } from '../db/base.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';
import { unpack } from '../db/packed.ts';
import type { PartName } from '../db/parts.ts';
import type { PartText } from './bought-parts.ts';

/** The newest orders of a vehicle that are looked at: years of work on one car. */
const MOST_ORDERS = 300;

interface Row {
  id: Uint8Array;
  vehicle: number;
  parts: Uint8Array;
  vehicles: Uint8Array | null;
}

interface Read {
  vehicle: string;
  version: number;
  parts: ReadonlySet<number>;
  texts?: PartText[];
}

/** The parts that were bought for the vehicle that was asked for last: while something is typed, it stays the same. */
export class VehicleParts {
  readonly #db: Connection;
  readonly #version: () => number;
  #last: Read | undefined;

  constructor(db: Connection, version: () => number) {
    this.#db = db;
    this.#version = version;
  }

  of(vehicle: string): ReadonlySet<number> {
    return this.#read(vehicle).parts;
  }

  texts(vehicle: string): readonly PartText[] {
    const read = this.#read(vehicle);
    return (read.texts ??= textsOf(this.#db, [...read.parts]));
  }

  #read(vehicle: string): Read {
    const version = this.#version();
    if (this.#last?.vehicle === vehicle && this.#last.version === version) return this.#last;
    return (this.#last = { vehicle, version, parts: partsOfVehicle(this.#db, vehicle) });
  }
}

export function textsOf(db: Connection, parts: readonly number[]): PartText[] {
  if (parts.length === 0) return [];
  return db.all(
    'SELECT p.pk, p.text FROM json_each(?) j CROSS JOIN parts p ON p.pk = j.value',
    JSON.stringify(parts),
  );
}

/** The parts that were bought for a vehicle and not cancelled. */
function partsOfVehicle(db: Connection, vehicleId: string): ReadonlySet<number> {
  const vehicle = db.value<number>('SELECT pk FROM vehicles WHERE id = ?', idBytes(vehicleId));
  if (vehicle === undefined) return new Set();
  const rows = db.all<Row>(
    `SELECT o.id, o.vehicle, o.parts, o.vehicles FROM order_vehicle r CROSS JOIN orders o ON o.pk = r.ord
     WHERE r.vehicle = ? AND r.status <> ${statusCodes.code('cancelled')} ORDER BY r.ord LIMIT ${MOST_ORDERS}`,
    vehicle,
  );
  const found = new Set<number>();
  for (const row of rows) {
    const parts =
      row.vehicle === vehicle && row.vehicles === null ? unpack(row.parts) : ofLines(db, row, vehicleId);
    for (const part of parts) found.add(part);
  }
  return found;
}

/** Of an order for several vehicles, the parts on this one's lines. */
function ofLines(db: Connection, row: Row, vehicleId: string): number[] {
  const order = readOne(db, 'order', idText(row.id))?.value;
  if (!order) return [];
  const names = new Set(order.lines.filter((line) => vehicleOf(line, order) === vehicleId).map(nameOf));
  return db
    .all<PartName & { pk: number }>(
      'SELECT p.pk, p.reference, p.brand, p.name FROM json_each(?) j CROSS JOIN parts p ON p.pk = j.value',
      JSON.stringify(unpack(row.parts)),
    )
    .filter((part) => names.has(nameOf(part)))
    .map(({ pk }) => pk);
}

const vehicleOf = (line: Order['lines'][number], order: Order): string | undefined =>
  line.vehicleId ?? order.vehicleId;
const nameOf = ({ reference, brand, name }: PartName): string => `${reference}\n${brand}\n${name}`;
