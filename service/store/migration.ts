import type { StoreDialect } from './dialect.ts';
import type { Trx } from './schema.ts';

/** One step of the database's history. It must never change once released; names sort in the order of running. */
export interface Migration {
  name: string;
  up(db: Trx, dialect: StoreDialect): Promise<void>;
}
