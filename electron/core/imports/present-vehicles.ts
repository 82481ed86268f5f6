import { readOne } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import type { Slices } from '../db/slices.ts';
import { KnownVehicles } from './known-vehicles.ts';

const BATCH = 1000;

interface Row {
  pk: number;
  id: Uint8Array;
  plate: string;
  vin: string | null;
  retired_on: string | null;
}

/** The account's vehicles as they are shown now, by their names; their values are read when a row asks for them. */
export async function presentVehicles(db: Connection, slices: Slices): Promise<KnownVehicles> {
  const known = new KnownVehicles((id) => {
    const stored = readOne(db, 'vehicle', id);
    return stored && { id, value: stored.value };
  });
  for (let after = 0; ;) {
    const rows = db.all<Row>(
      'SELECT pk, id, plate, vin, retired_on FROM vehicles WHERE pk > ? AND known = 1 ORDER BY pk LIMIT ?',
      after,
      BATCH,
    );
    for (const { id, plate, vin, retired_on } of rows)
      known.add(idText(id), { plate, vin: vin ?? undefined, retired: retired_on !== null });
    const last = rows.at(-1);
    if (!last) return known;
    after = last.pk;
    if (slices.due()) await slices.pause();
  }
}
