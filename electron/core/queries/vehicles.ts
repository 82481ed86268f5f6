import type { VehicleChoice } from '#shared/ipc/vehicles.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';

interface Row {
  id: Uint8Array;
  plate: string;
  label: string;
  customer: string | null;
  order_count: number;
}

/** Vehicles that have orders first, most recently used first; then the others by plate. Retired ones only as far as there are orders to find. */
export function vehicleChoices(db: Connection): VehicleChoice[] {
  return choices(db, ' AND (retired_on IS NULL OR EXISTS (SELECT 1 FROM order_vehicle WHERE vehicle = pk))');
}

/** Those in whose own texts every word occurs; none without words. */
export function matchingVehicles(db: Connection, words: readonly string[]): VehicleChoice[] {
  if (words.length === 0) return [];
  return choices(db, words.map(() => ' AND instr(text, ?) > 0').join(''), ...words);
}

function choices(db: Connection, where: string, ...params: string[]): VehicleChoice[] {
  return db
    .all<Row>(
      `SELECT id, plate, label, customer, (SELECT count(*) FROM order_vehicle WHERE vehicle = pk) AS order_count,
         (SELECT min(ord) FROM order_vehicle WHERE vehicle = pk) AS newest
       FROM vehicles WHERE known = 1${where} ORDER BY newest IS NULL, newest, plate`,
      ...params,
    )
    .map((row) => ({
      id: idText(row.id),
      plate: row.plate,
      label: row.label,
      ...(row.customer !== null && { customerName: row.customer }),
      orderCount: row.order_count,
    }));
}
