import type { Connection } from '../db/connection.ts';
import { getMeta } from '../db/meta.ts';
import type { BasketText } from './basket-texts.ts';
import { readBasketTexts } from './basket-texts.ts';
import type { Recent } from './recent.ts';
import { RECENT, readRecent } from './recent.ts';

/** The text indexes hold runs of three characters, so shorter words are looked for in the texts themselves. */
const SHORTEST_INDEXED = 3;

/** Whether the indexes can be asked for a word. */
export const isIndexed = (word: string): boolean => [...word].length >= SHORTEST_INDEXED;

const TABLES = { order_text: 'orders', part_text: 'parts', invoice_text: 'invoices' } as const;

interface Sizes {
  /** Whether the search tables are there; until then everything is found by reading. */
  built: boolean;
  orders: number;
  parts: number;
  vehicles: number;
}

/** What searches share: how large the tables are and what is newest in them, read once for each state of the database. */
export class SearchCache {
  readonly #db: Connection;
  readonly #version: () => number;
  readonly #most: number;
  #at = -1;
  #sizes: Sizes | undefined;
  #recent: Recent | undefined;
  #baskets: readonly BasketText[] | undefined;

  /** `recent`: how many of the newest orders are kept at hand. */
  constructor(db: Connection, version: () => number, recent = RECENT) {
    this.#db = db;
    this.#version = version;
    this.#most = recent;
  }

  sizes(): Sizes {
    this.#refresh();
    return (this.#sizes ??= readSizes(this.#db));
  }

  recent(): Recent {
    this.#refresh();
    return (this.#recent ??= readRecent(this.#db, this.#most));
  }

  /** Few enough to fold them all, and seldom changed while someone types. */
  baskets(): readonly BasketText[] {
    this.#refresh();
    return (this.#baskets ??= readBasketTexts(this.#db));
  }

  #refresh(): void {
    const version = this.#version();
    if (this.#at === version) return;
    this.#at = version;
    this.#baskets = undefined;
    this.#sizes = undefined;
    this.#recent = undefined;
  }
}

function readSizes(db: Connection): Sizes {
  const value = (sql: string): number => db.value<number | null>(sql) ?? 0;
  return {
    built: getMeta(db, 'searchBuilt') === 1,
    orders: value('SELECT sum(count) FROM order_day'),
    parts: value('SELECT max(pk) FROM parts'),
    vehicles: value('SELECT max(pk) FROM vehicles'),
  };
}

/** Finds the rows whose text contains a word, each word once for all who ask during one search. */
export class SearchIndex {
  readonly db: Connection;
  readonly sizes: Sizes;
  readonly #cache: SearchCache;
  readonly #parts = new Map<string, ReadonlySet<number>>();
  readonly #vehicles = new Map<string, ReadonlySet<number>>();

  constructor(db: Connection, cache: SearchCache) {
    this.db = db;
    this.#cache = cache;
    this.sizes = cache.sizes();
  }

  get recent(): Recent {
    return this.#cache.recent();
  }

  get baskets(): readonly BasketText[] {
    return this.#cache.baskets();
  }

  /** Keys in ascending order, at most `most` of them. */
  keys(index: keyof typeof TABLES, word: string, most = -1): number[] {
    if (this.sizes.built && isIndexed(word)) {
      return this.db.column<number>(
        `SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid LIMIT ?`,
        `"${word.replaceAll('"', '""')}"`,
        most,
      );
    }
    return this.db.column<number>(
      `SELECT pk FROM ${TABLES[index]} WHERE instr(text, ?) > 0 ORDER BY pk LIMIT ?`,
      word,
      most,
    );
  }

  parts(word: string): ReadonlySet<number> {
    return remembered(this.#parts, word, () => new Set(this.keys('part_text', word)));
  }

  /** Vehicles are few enough to read them all. */
  vehicles(word: string): ReadonlySet<number> {
    return remembered(this.#vehicles, word, () => {
      const found = this.db.column<number>(
        'SELECT pk FROM vehicles WHERE known = 1 AND instr(text, ?) > 0',
        word,
      );
      return new Set(found);
    });
  }
}

function remembered<T>(known: Map<string, T>, word: string, find: () => T): T {
  let value = known.get(word);
  if (value === undefined) known.set(word, (value = find()));
  return value;
}
