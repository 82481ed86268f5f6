import { statusCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { getMeta } from '../db/meta.ts';
import { unpack } from '../db/packed.ts';
import { walk } from './walk.ts';

/** How often a part was bought, and the place in the list of the newest order with it. */
export interface Bought {
  times: number;
  newest: number;
}

export interface Ranked extends Bought {
  part: number;
}

export interface PartText {
  pk: number;
  text: string;
}

export function byUse(a: Ranked, b: Ranked): number {
  return b.times - a.times || a.newest - b.newest || a.part - b.part;
}

const CANCELLED = statusCodes.code('cancelled');
const NEWEST = 'SELECT pk, status, parts FROM orders WHERE pk > ? ORDER BY pk LIMIT ?';

/**
 * How often every part was bought, without the orders that were cancelled. Counted once after each sync that brought something: what people
 * change on this computer adds no purchase.
 */
export class BoughtParts {
  readonly #db: Connection;
  #at: string | undefined;
  #parts: ReadonlyMap<number, Bought> = new Map();
  #ranked: readonly Ranked[] | undefined;
  #oneCharacter: readonly PartText[] | undefined;

  constructor(db: Connection) {
    this.#db = db;
  }

  all(): ReadonlyMap<number, Bought> {
    this.#refresh();
    return this.#parts;
  }

  /** Those that were bought, most often first, of two the one that was bought last. */
  ranked(): readonly Ranked[] {
    this.#refresh();
    return (this.#ranked ??= [...this.#parts]
      .flatMap(([part, { times, newest }]) => (times < 1 ? [] : [{ part, times, newest }]))
      .sort(byUse));
  }

  /** The parts whose reference is a single character: too short for the index, and hardly any. */
  withOneCharacter(): readonly PartText[] {
    this.#refresh();
    return (this.#oneCharacter ??= this.#db.all<PartText>(
      'SELECT pk, text FROM parts WHERE substr(text, 2, 1) = char(10)',
    ));
  }

  #refresh(): void {
    const built = getMeta(this.#db, 'searchBuilt') === 1;
    const at = `${built ? 1 : 0} ${getMeta(this.#db, 'cursor') ?? ''}`;
    if (at !== this.#at) {
      this.#parts = built ? countLinks(this.#db) : countByReading(this.#db);
      this.#at = at;
      this.#ranked = undefined;
      this.#oneCharacter = undefined;
    }
  }
}

function countLinks(db: Connection): Map<number, Bought> {
  const counted = db.all<Bought & { part: number }>(
    'SELECT part, count(*) AS times, min(ord) AS newest FROM order_part GROUP BY part',
  );
  const parts = new Map(counted.map((row) => [row.part, row]));
  // Few orders are: taking them off costs less than looking at the status of all.
  for (const packed of db.column<Uint8Array>('SELECT parts FROM orders WHERE status = ?', CANCELLED)) {
    for (const part of unpack(packed)) {
      const bought = parts.get(part);
      if (bought) bought.times -= 1;
    }
  }
  return parts;
}

/** Before the links are there: reads all orders, newest first. */
function countByReading(db: Connection): Map<number, Bought> {
  const parts = new Map<number, Bought>();
  walk<{ pk: number; status: number; parts: Uint8Array }>(
    db,
    NEWEST,
    Infinity,
    ({ pk, status, parts: packed }) => {
      if (status === CANCELLED) return false;
      for (const part of unpack(packed)) {
        const bought = parts.get(part);
        if (bought) bought.times += 1;
        else parts.set(part, { times: 1, newest: pk });
      }
      return false;
    },
  );
  return parts;
}
