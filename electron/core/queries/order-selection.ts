import type { OrderFilter } from '#shared/ipc/orders.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection, Param } from '../db/connection.ts';
import { idBytes } from '../db/ids.ts';
import { endOfDay, startOfDay } from '../db/list-key.ts';
import { searchWords } from '../db/texts.ts';
import { NO_VEHICLE } from '../db/vehicles.ts';

const NO_SUCH_VEHICLE = -1;

/** One statement for every choice of statuses, so that each is prepared once: a bit for each status, by its code. */
export const IS_AMONG = (column: string): string => `(CAST(? AS INTEGER) >> ${column}) & 1`;
export const maskOf = (statuses: readonly number[]): number =>
  statuses.reduce((mask, status) => mask + 2 ** status, 0);

/** A filter in the terms of the tables. Keys run from `low` up to, not including, `high`. */
export interface OrderSelection {
  low: number;
  high: number;
  vehicle: number | undefined;
  statuses: number[] | undefined;
  toReturn: boolean;
  words: string[];
}

export function orderSelection(db: Connection, filter: OrderFilter): OrderSelection {
  return {
    low: filter.to === undefined ? 0 : startOfDay(filter.to),
    high: filter.from === undefined ? Number.MAX_SAFE_INTEGER : endOfDay(filter.from),
    vehicle: filter.vehicle === undefined ? undefined : vehicleKey(db, filter.vehicle),
    statuses: statusesOf(filter),
    toReturn: filter.depositToReturn === true,
    words: filter.text === undefined ? [] : searchWords(filter.text),
  };
}

function vehicleKey(db: Connection, id: string): number {
  if (id === 'none') return NO_VEHICLE;
  return db.value<number>('SELECT pk FROM vehicles WHERE id = ?', idBytes(id)) ?? NO_SUCH_VEHICLE;
}

/** No status chosen is no filter, like all of them. */
function statusesOf({ statuses }: OrderFilter): number[] | undefined {
  if (!statuses || statuses.length === 0) return undefined;
  return [...new Set(statuses)].map((status) => statusCodes.code(status)).sort((a, b) => a - b);
}

/** The rows of a selection that names a vehicle or deposits, words apart: a range of one index, in the order of the list. */
export function rangeOf(selection: OrderSelection): {
  table: string;
  key: string;
  where: string;
  params: Param[];
} {
  const { vehicle, statuses, toReturn, low, high } = selection;
  const ofStatus = statuses ? ` AND ${IS_AMONG('r.status')}` : '';
  const mask = statuses ? [maskOf(statuses)] : [];
  if (vehicle === undefined) {
    return {
      table: 'orders r',
      key: 'r.pk',
      where: `${toReturn ? 'r.to_return > 0 AND ' : ''}r.pk >= ? AND r.pk < ?${ofStatus}`,
      params: [low, high, ...mask],
    };
  }
  const owing = toReturn ? ' AND EXISTS (SELECT 1 FROM orders t WHERE t.pk = r.ord AND t.to_return > 0)' : '';
  return {
    table: 'order_vehicle r',
    key: 'r.ord',
    where: `r.vehicle = ? AND r.ord >= ? AND r.ord < ?${ofStatus}${owing}`,
    params: [vehicle, low, high, ...mask],
  };
}
