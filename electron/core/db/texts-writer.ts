import type { Connection } from './connection.ts';

export type TextTable = 'order_text' | 'part_text' | 'invoice_text';

/**
 * Keeps the text indexes in step with a page. FTS5 flushes what it has gathered whenever another statement comes between, so texts wait until
 * the page's rows are in and are then written one index after the other, in the order of their keys.
 */
export class TextsWriter {
  readonly #added: Record<TextTable, Map<number, string>> = {
    order_text: new Map(),
    part_text: new Map(),
    invoice_text: new Map(),
  };
  readonly #removed: Record<TextTable, Map<number, string>> = {
    order_text: new Map(),
    part_text: new Map(),
    invoice_text: new Map(),
  };

  add(table: TextTable, pk: number, text: string): void {
    // Put back what was just taken out: the index already says so.
    if (this.#removed[table].get(pk) === text) this.#removed[table].delete(pk);
    else this.#added[table].set(pk, text);
  }

  remove(table: TextTable, pk: number, text: string): void {
    if (!this.#added[table].delete(pk)) this.#removed[table].set(pk, text);
  }

  /** Writes what was gathered; before the first build of the indexes it is dropped, since the build reads the tables. */
  flush(db: Connection, built: boolean): void {
    for (const table of ['part_text', 'order_text', 'invoice_text'] as const) {
      if (built) writeTexts(db, table, this.#removed[table], this.#added[table]);
    }
    this.clear();
  }

  clear(): void {
    for (const gathered of [this.#added, this.#removed]) {
      for (const texts of Object.values(gathered)) texts.clear();
    }
  }
}

function writeTexts(
  db: Connection,
  table: TextTable,
  removed: Map<number, string>,
  added: Map<number, string>,
): void {
  const remove = db.statement(`INSERT INTO ${table} (${table}, rowid, text) VALUES ('delete', ?, ?)`);
  for (const [pk, text] of byKey(removed)) remove.run(pk, text);
  const add = db.statement(`INSERT INTO ${table} (rowid, text) VALUES (?, ?)`);
  for (const [pk, text] of byKey(added)) add.run(pk, text);
}

const byKey = (texts: Map<number, string>): [number, string][] => [...texts].sort(([a], [b]) => a - b);
