import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import { checksum } from './checksum.ts';
import { typeCodes } from './codes.ts';
import type { Connection } from './connection.ts';
import { DbError } from './errors.ts';
import { idBytes, idText } from './ids.ts';

export interface Stored<T extends EntityType> {
  id: string;
  /** The key of its row among those that lists read. */
  key: number | null;
  value: EntityValue<T>;
}

interface Row {
  id: Uint8Array;
  key: number | null;
  sum: number;
  body: Uint8Array | null;
}

/** What is shown: the value that waiting changes make where there are any, else what the service told. */
const SHOWN = `SELECT b.id, b.key, iif(o.id IS NULL, b.sum, o.sum) AS sum, iif(o.id IS NULL, t.body, o.body) AS body
  FROM base b LEFT JOIN overlay o ON o.type = b.type AND o.id = b.id LEFT JOIN bodies t ON t.pk = b.body`;
const TOLD = 'SELECT b.id, b.key, b.sum, t.body FROM base b JOIN bodies t ON t.pk = b.body';

/** An entity as it is shown. Throws a DbError `damaged` when the bytes are no longer what was written. */
export function readOne<T extends EntityType>(db: Connection, type: T, id: string): Stored<T> | undefined {
  const row = db.get<Row>(`${SHOWN} WHERE b.type = ? AND b.id = ?`, typeCodes.code(type), idBytes(id));
  return row && revive(type, row);
}

/** All entities of a type as they are shown; for the types of which there are few. */
export function readAll<T extends EntityType>(db: Connection, type: T): Stored<T>[] {
  const rows = db.all<Row>(`${SHOWN} WHERE b.type = ?`, typeCodes.code(type));
  return rows.flatMap((row) => revive(type, row) ?? []);
}

/** All of them so many at a time, in the order of their ids; each page is one state of the database. */
export function* pagesOf<T extends EntityType>(
  db: Connection,
  type: T,
  size: number,
): Generator<Stored<T>[]> {
  for (let after: Uint8Array = new Uint8Array(); ;) {
    const rows = db.all<Row>(
      `${SHOWN} WHERE b.type = ? AND b.id > ? ORDER BY b.id LIMIT ${size}`,
      typeCodes.code(type),
      after,
    );
    yield rows.flatMap((row) => revive(type, row) ?? []);
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    after = last.id;
  }
}

/** How many entities of a type are shown. */
export function countShown(db: Connection, type: EntityType): number {
  return (
    db.value<number>(
      `SELECT count(*) FROM base b LEFT JOIN overlay o ON o.type = b.type AND o.id = b.id
       WHERE b.type = ? AND iif(o.id IS NULL, b.body, o.body) IS NOT NULL`,
      typeCodes.code(type),
    ) ?? 0
  );
}

/** An entity as the service told it, whatever waits to be sent. */
export function readTold<T extends EntityType>(
  db: Connection,
  type: T,
  id: string,
): EntityValue<T> | undefined {
  const row = db.get<Row>(`${TOLD} WHERE b.type = ? AND b.id = ?`, typeCodes.code(type), idBytes(id));
  return row && revive(type, row)?.value;
}

/** The key of an entity's row, as the list of keys that row queries take. */
export function keysOf(stored: { key: number | null } | undefined): number[] {
  return stored === undefined || stored.key === null ? [] : [stored.key];
}

/** Its value was checked when it was written, and an update of the app that reads other values reads everything again. */
function revive<T extends EntityType>(type: T, row: Row): Stored<T> | undefined {
  if (row.body === null) return undefined;
  if (checksum(row.body) !== row.sum) throw new DbError('damaged', 'checksum', `base ${type}`);
  const value = JSON.parse(Buffer.from(row.body).toString('utf8')) as EntityValue<T>;
  return { id: idText(row.id), key: row.key, value };
}
