import type { VehicleTag } from '#shared/ipc/vehicles.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes } from '../db/ids.ts';

/** Plates and names of those that are known, by id. */
export function vehicleTags(db: Connection, ids: readonly string[]): Map<string, VehicleTag> {
  const tags = new Map<string, VehicleTag>();
  for (const id of new Set(ids)) {
    const row = db.get<{ plate: string; label: string }>(
      'SELECT plate, label FROM vehicles WHERE id = ? AND known = 1',
      idBytes(id),
    );
    if (row) tags.set(id, { id, ...row });
  }
  return tags;
}
