import type { EntityType } from '#shared/domain/entities.ts';
import { typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';

/** The entities of a type of which something is on this computer only. */
export function pendingIds(db: Connection, type: EntityType): Set<string> {
  const ids = db.column<Uint8Array>(
    'SELECT DISTINCT id FROM change_refs WHERE type = ? AND written = 1',
    typeCodes.code(type),
  );
  return new Set(ids.map(idText));
}

/** The parts of an entity that are on this computer only, each once: `name`, `line:<id>` and the like. */
export function pendingMarks(db: Connection, type: EntityType, id: string): string[] {
  const [code, bytes] = [typeCodes.code(type), idBytes(id)];
  return db.column<string>(
    `SELECT DISTINCT m.value FROM change_refs r JOIN changes c ON c.ord = r.ord JOIN json_each(c.marks) m
     WHERE r.type = ? AND r.id = ? AND r.written = 1 AND c.subject_type = ? AND c.subject_id = ?`,
    code,
    bytes,
    code,
    bytes,
  );
}
