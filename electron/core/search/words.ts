import type { Connection } from '../db/connection.ts';
import { getMeta } from '../db/meta.ts';

/** The text indexes hold runs of three characters, so shorter words are looked for in the texts themselves. */
const SHORTEST_INDEXED = 3;

const SCANNED = {
  order_text: { index: 'order_text', table: 'orders' },
  part_text: { index: 'part_text', table: 'parts' },
  invoice_text: { index: 'invoice_text', table: 'invoices' },
} as const;

/** Finds the rows whose text contains a word; through the indexes once they are built, before that by reading the texts. */
export class WordIndex {
  readonly #db: Connection;
  /** Whether the indexes are there; until then everything is found by reading. */
  readonly built: boolean;

  constructor(db: Connection) {
    this.#db = db;
    this.built = getMeta(db, 'searchBuilt') === 1;
  }

  /** Keys in ascending order, at most `most` of them. */
  keys(index: keyof typeof SCANNED, word: string, most = -1): number[] {
    if (this.built && [...word].length >= SHORTEST_INDEXED) {
      return this.#db.column<number>(
        `SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid LIMIT ?`,
        `"${word.replaceAll('"', '""')}"`,
        most,
      );
    }
    const { table } = SCANNED[index];
    return this.#db.column<number>(
      `SELECT pk FROM ${table} WHERE instr(text, ?) > 0 ORDER BY pk LIMIT ?`,
      word,
      most,
    );
  }

  /** Vehicles are few enough to read them all. */
  vehicles(word: string): number[] {
    return this.#db.column<number>('SELECT pk FROM vehicles WHERE known = 1 AND instr(text, ?) > 0', word);
  }
}
