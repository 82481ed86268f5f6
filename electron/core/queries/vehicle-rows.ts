import type { VehicleRow } from '#shared/ipc/vehicles.ts';
import { statusCodes, typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import { dayOf } from '../db/list-key.ts';

const SPENT = `FROM order_vehicle WHERE vehicle = v.pk AND status <> ${statusCodes.code('cancelled')}`;

interface Row {
  id: Uint8Array;
  plate: string;
  label: string;
  engine: string | null;
  vin: string | null;
  customer: string | null;
  mileage: number | null;
  mileage_on: string | null;
  retired_on: string | null;
  order_count: number;
  newest: number | null;
  excl: number | null;
  incl: number | null;
  pending: number;
}

/** Rows of vehicles by their keys, in the order of the keys given. What was spent counts lines by their own vehicle. */
export function vehicleRowsOf(db: Connection, keys: readonly number[]): VehicleRow[] {
  if (keys.length === 0) return [];
  const currency = db.value<string>('SELECT currency FROM orders ORDER BY pk LIMIT 1') ?? 'EUR';
  return db
    .all<Row>(
      `SELECT v.id, v.plate, v.label, v.engine, v.vin, v.customer, v.mileage, v.mileage_on, v.retired_on,
         (SELECT count(*) FROM order_vehicle WHERE vehicle = v.pk) AS order_count,
         (SELECT min(ord) FROM order_vehicle WHERE vehicle = v.pk) AS newest,
         (SELECT sum(coalesce(excl_share, excl)) ${SPENT}) AS excl, (SELECT sum(coalesce(incl_share, incl)) ${SPENT}) AS incl,
         EXISTS (SELECT 1 FROM change_refs c WHERE c.type = ${typeCodes.code('vehicle')} AND c.id = v.id AND c.written = 1) AS pending
       FROM json_each(?) j CROSS JOIN vehicles v ON v.pk = j.value ORDER BY j.key`,
      JSON.stringify(keys),
    )
    .map((row) => vehicleRow(row, currency));
}

function vehicleRow(r: Row, currency: string): VehicleRow {
  return {
    id: idText(r.id),
    plate: r.plate,
    label: r.label,
    ...(r.engine !== null && { engine: r.engine }),
    ...(r.vin !== null && { vin: r.vin }),
    ...(r.customer !== null && { customerName: r.customer }),
    ...(r.mileage !== null &&
      r.mileage_on !== null && { mileage: { on: r.mileage_on, kilometres: r.mileage } }),
    orderCount: r.order_count,
    spentExclVat: r.excl ?? 0,
    spentInclVat: r.incl ?? 0,
    currency,
    ...(r.newest !== null && { lastOrderOn: dayOf(r.newest) }),
    ...(r.retired_on !== null && { retiredOn: r.retired_on }),
    pending: r.pending === 1,
  };
}
