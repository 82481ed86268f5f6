import type { CompiledQuery } from 'kysely';
import type { Store } from './open.ts';
import type { Db, Trx } from './schema.ts';

/**
 * A query of the hot path, built once: building takes longer than many such a query runs. `build` gives every value that
 * changes as any value of its kind, in the order in which `parameters` come.
 */
export function compileOnce<Row, Parameters extends readonly unknown[]>(
  build: (db: Db, store: Store) => { compile(): CompiledQuery<Row> },
): (store: Store, runner: Db | Trx, parameters: Parameters) => Promise<Row[]> {
  const compiled = new WeakMap<Store, CompiledQuery<Row>>();
  return async (store, runner, parameters) => {
    let query = compiled.get(store);
    if (!query) {
      query = build(store.db, store).compile();
      if (query.parameters.length !== parameters.length)
        throw new Error(`The query takes ${query.parameters.length} parameters: ${query.sql}`);
      compiled.set(store, query);
    }
    const { rows } = await runner.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}
