import { addMonths } from '#shared/domain/calendar.ts';
import type { Home } from '#shared/ipc/home.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import type { VehicleTags } from './vehicle-tags.ts';

const MONTHS = 12;
/** As many as a chart can colour; the others are shown together. */
const MOST_VEHICLES = 5;

type Month = Home['spending']['months'][number];

interface Row {
  month: string;
  id: Uint8Array | null;
  excl: number;
  incl: number;
}

/** The last twelve months with the current one, by vehicle: the largest by name, the rest together. */
export function spendingOf(db: Connection, tags: VehicleTags, today: string): Home['spending'] {
  const from = addMonths(`${today.slice(0, 7)}-01`, 1 - MONTHS);
  const months = Array.from({ length: MONTHS }, (_, index) => addMonths(from, index).slice(0, 7));
  const rows = db.all<Row>(
    `SELECT s.month, v.id, s.excl, s.incl FROM spending s LEFT JOIN vehicles v ON v.pk = s.vehicle AND v.known = 1
     WHERE s.month >= ? AND s.month <= ? AND (s.excl <> 0 OR s.incl <> 0)`,
    months[0] ?? '',
    months.at(-1) ?? '',
  );
  const largest = largestVehicles(rows);
  return {
    currency: db.value<string>('SELECT currency FROM orders ORDER BY pk LIMIT 1') ?? 'EUR',
    inclVat: rows.reduce((sum, row) => sum + row.incl, 0),
    exclVat: rows.reduce((sum, row) => sum + row.excl, 0),
    months: months.map((month) =>
      monthOf(
        month,
        rows.filter((row) => row.month === month),
        largest,
      ),
    ),
    vehicles: largest.flatMap((id) => tags.byId(id) ?? []),
  };
}

function largestVehicles(rows: readonly Row[]): string[] {
  const totals = new Map<string, number>();
  for (const row of rows)
    if (row.id) totals.set(idText(row.id), (totals.get(idText(row.id)) ?? 0) + row.incl);
  return [...totals]
    .sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
    .slice(0, MOST_VEHICLES)
    .map(([id]) => id);
}

function monthOf(month: string, rows: readonly Row[], largest: readonly string[]): Month {
  const byVehicle = new Map<string, { inclVat: number; exclVat: number }>();
  const whole = { inclVat: 0, exclVat: 0 };
  for (const row of rows) {
    const id = row.id ? idText(row.id) : 'none';
    const shown = id === 'none' || largest.includes(id) ? id : 'others';
    let sums = byVehicle.get(shown);
    if (!sums) byVehicle.set(shown, (sums = { inclVat: 0, exclVat: 0 }));
    for (const total of [sums, whole]) {
      total.inclVat += row.incl;
      total.exclVat += row.excl;
    }
  }
  const order = [...largest, 'others', 'none'];
  return {
    month,
    ...whole,
    byVehicle: order.flatMap((vehicleId) => {
      const sums = byVehicle.get(vehicleId);
      return sums ? [{ vehicleId, ...sums }] : [];
    }),
  };
}
