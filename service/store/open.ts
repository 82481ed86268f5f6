import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { sqlite, type StoreDialect } from './dialect.ts';
import { loadMeta, type Meta } from './meta.ts';
import { migrate } from './migrate.ts';
import type { Db, Tables } from './schema.ts';

export interface Store {
  db: Db;
  dialect: StoreDialect;
  meta: Meta;
  close(): Promise<void>;
}

/** Opens, or makes, the database in a folder that only its owner can read. Throws NewerDatabaseError. */
export async function openStore(
  dataDir: string,
  options: { restored?: boolean | undefined } = {},
): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'accounts.db');
  const db = new Kysely<Tables>({ dialect: sqlite.open(file) });
  try {
    await migrate(db, sqlite);
    chmodSync(file, 0o600);
    const meta = await loadMeta(db, options);
    return { db, dialect: sqlite, meta, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
