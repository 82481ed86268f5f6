import { addMonths } from '#shared/domain/calendar.ts';
import type { VehicleFile } from '#shared/ipc/vehicles.ts';
import { keysOf, readOne } from '../db/base.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { dayOfIndex, endOfDay } from '../db/list-key.ts';
import { pendingMarks } from '../outbox/pending.ts';
import { vehicleRowsOf } from './vehicle-rows.ts';

const MONTHS = 12;

/** Everything about one vehicle; undefined when the account has no such vehicle. `today` is the shop's day. */
export function vehicleFile(db: Connection, id: string, today: string): VehicleFile | undefined {
  return db.snapshot(() => {
    const stored = readOne(db, 'vehicle', id);
    const [key] = keysOf(stored);
    if (!stored || key === undefined) return undefined;
    const [row] = vehicleRowsOf(db, [key]);
    if (!row) return undefined;
    return {
      id,
      vehicle: stored.value,
      row,
      spending: spendingOf(db, key, today),
      pendingMarks: pendingMarks(db, 'vehicle', id),
    };
  });
}

/** The last twelve months with the current one, lines counted by their own vehicle; orders that were cancelled are not spending. */
function spendingOf(db: Connection, vehicle: number, today: string): VehicleFile['spending'] {
  const from = addMonths(`${today.slice(0, 7)}-01`, 1 - MONTHS);
  const months = new Map<string, VehicleFile['spending'][number]>(
    Array.from({ length: MONTHS }, (_, index) => {
      const month = addMonths(from, index).slice(0, 7);
      return [month, { month, exclVat: 0, inclVat: 0, count: 0 }];
    }),
  );
  const days = db.all<{ day: number; count: number; excl: number; incl: number }>(
    `SELECT ord >> 27 AS day, count(*) AS count, sum(coalesce(excl_share, excl)) AS excl,
       sum(coalesce(incl_share, incl)) AS incl FROM order_vehicle
     WHERE vehicle = ? AND ord < ? AND status <> ${statusCodes.code('cancelled')} GROUP BY day`,
    vehicle,
    endOfDay(from),
  );
  for (const { day, count, excl, incl } of days) {
    const month = months.get(dayOfIndex(day).slice(0, 7));
    if (!month) continue;
    month.count += count;
    month.exclVat += excl;
    month.inclVat += incl;
  }
  return [...months.values()];
}
