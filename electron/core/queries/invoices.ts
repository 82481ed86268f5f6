import type { InvoiceFilter, InvoiceRow } from '#shared/ipc/invoices.ts';
import type { ListSummary } from '#shared/ipc/orders.ts';
import { FILE, kindCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes } from '../db/ids.ts';
import { dayIndexOf, endOfDay, startOfDay, startOfDayIndex } from '../db/list-key.ts';
import { searchWords } from '../db/texts.ts';
import type { KeyLists } from '../search/key-lists.ts';
import { allMatchingInvoices } from '../search/match-invoices.ts';
import type { SearchCache } from '../search/search-index.ts';
import { SearchIndex } from '../search/search-index.ts';
import type { Downloading } from './invoice-list.ts';
import { invoiceRows, invoiceRowsOf } from './invoice-list.ts';
import type { DayTotal } from './summary.ts';
import { placeOf, summaryOf } from './summary.ts';

export interface FileWork {
  downloading: Downloading;
  /** Ids of the files being fetched now: few. */
  ids: () => readonly string[];
  /** Grows whenever one starts or ends. */
  version: () => number;
}

interface Selection {
  low: number;
  high: number;
  kind: number | undefined;
}

/** The list of invoices: how long it is, any stretch of it, and where an invoice stands in it. */
export class InvoiceList {
  readonly #db: Connection;
  readonly #lists: KeyLists;
  readonly #files: FileWork;
  readonly #cache: SearchCache;

  constructor(db: Connection, lists: KeyLists, files: FileWork, cache: SearchCache) {
    this.#db = db;
    this.#lists = lists;
    this.#files = files;
    this.#cache = cache;
  }

  summary(filter: InvoiceFilter): ListSummary {
    return this.#db.snapshot(() => {
      const days = needsKeys(filter) ? this.#daysOf(this.keys(filter)) : this.#dayTotals(selectionOf(filter));
      return summaryOf(days, this.#currency());
    });
  }

  page(filter: InvoiceFilter, offset: number, limit: number): InvoiceRow[] {
    return this.#db.snapshot(() => {
      if (needsKeys(filter)) {
        return invoiceRowsOf(
          this.#db,
          this.keys(filter).slice(offset, offset + limit),
          this.#files.downloading,
        );
      }
      const selection = selectionOf(filter);
      const place = offset === 0 ? { day: 0, within: 0 } : placeOf(this.#dayTotals(selection), offset);
      if (!place) return [];
      const { kind, high } = selection;
      const low = Math.max(selection.low, startOfDayIndex(place.day));
      return invoiceRows(
        this.#db,
        this.#files.downloading,
        `WHERE ${kind === undefined ? '' : `i.kind = ${kind} AND `}i.pk >= ? AND i.pk < ? ORDER BY i.pk LIMIT ? OFFSET ?`,
        low,
        high,
        limit,
        place.within,
      );
    });
  }

  /** Undefined when the filter hides the invoice. */
  position(filter: InvoiceFilter, key: number): number | undefined {
    return this.#db.snapshot(() => {
      if (needsKeys(filter)) {
        const at = this.keys(filter).indexOf(key);
        return at < 0 ? undefined : at;
      }
      const { low, high, kind } = selectionOf(filter);
      const ofKind = kind === undefined ? '' : `kind = ${kind} AND `;
      if (
        this.#db.value<number>(
          `SELECT 1 FROM invoices WHERE ${ofKind}pk = ? AND pk >= ? AND pk < ?`,
          key,
          low,
          high,
        ) === undefined
      ) {
        return undefined;
      }
      const day = dayIndexOf(key);
      const before = this.#dayTotals({ low, high, kind }).reduce(
        (sum, total) => (total.day < day ? sum + total.count : sum),
        0,
      );
      const within = this.#db.value<number>(
        `SELECT count(*) FROM invoices WHERE ${ofKind}pk >= ? AND pk < ?`,
        Math.max(low, startOfDayIndex(day)),
        key,
      );
      return before + (within ?? 0);
    });
  }

  /** The keys of everything that the filter lets through, in the order of the list. */
  keys(filter: InvoiceFilter): readonly number[] {
    return this.#lists.get(`invoices ${this.#files.version()} ${JSON.stringify(filter)}`, () => {
      const { low, high, kind } = selectionOf(filter);
      const words = filter.text === undefined ? [] : searchWords(filter.text);
      const ofKind = kind === undefined ? '' : ` AND kind = ${kind}`;
      const files = filter.file === undefined ? undefined : this.#ofFile(filter.file);
      const all = (): number[] =>
        this.#db.column<number>(
          `SELECT pk FROM invoices WHERE pk >= ? AND pk < ?${ofKind} ORDER BY pk`,
          low,
          high,
        );
      if (words.length === 0) return files === undefined ? all() : intersect(all(), files);
      const found = allMatchingInvoices(new SearchIndex(this.#db, this.#cache), words).filter(
        (key) => key >= low && key < high,
      );
      const ofThisKind = kind === undefined ? found : intersect(found, new Set(all()));
      return files === undefined ? ofThisKind : intersect(ofThisKind, files);
    });
  }

  #ofFile(file: NonNullable<InvoiceFilter['file']>): Set<number> {
    const moving = new Set(
      this.#files
        .ids()
        .flatMap((id) =>
          this.#db.column<number>(
            'SELECT key FROM base WHERE type = 5 AND id = ? AND key IS NOT NULL',
            idBytes(id),
          ),
        ),
    );
    if (file === 'downloading') return moving;
    const codes =
      file === 'here' ? [FILE.here] : file === 'damaged' ? [FILE.damaged] : [FILE.toDownload, FILE.failed];
    const resting = this.#db.column<number>(`SELECT pk FROM invoices WHERE file IN (${codes.join(', ')})`);
    return new Set(resting.filter((key) => !moving.has(key)));
  }

  #dayTotals({ low, high, kind }: Selection): DayTotal[] {
    return this.#db.all<DayTotal>(
      `SELECT day, sum(count) AS count, sum(excl) AS excl, sum(incl) AS incl FROM invoice_day
       WHERE day >= ? AND day < ? ${kind === undefined ? '' : `AND kind = ${kind}`} GROUP BY day`,
      dayIndexOf(low),
      Math.ceil(high / startOfDayIndex(1)),
    );
  }

  #daysOf(keys: readonly number[]): DayTotal[] {
    return this.#db.all<DayTotal>(
      `SELECT i.pk >> 27 AS day, count(*) AS count, sum(i.excl) AS excl, sum(i.incl) AS incl
       FROM json_each(?) j CROSS JOIN invoices i ON i.pk = j.value GROUP BY day ORDER BY day`,
      JSON.stringify(keys),
    );
  }

  #currency(): string {
    return this.#db.value<string>('SELECT currency FROM invoices ORDER BY pk LIMIT 1') ?? 'EUR';
  }
}

/** Texts and states of files have no totals of their own. */
function needsKeys(filter: InvoiceFilter): boolean {
  return filter.file !== undefined || (filter.text !== undefined && searchWords(filter.text).length > 0);
}

function selectionOf(filter: InvoiceFilter): Selection {
  return {
    low: filter.to === undefined ? 0 : startOfDay(filter.to),
    high: filter.from === undefined ? Number.MAX_SAFE_INTEGER : endOfDay(filter.from),
    kind: filter.kind === undefined ? undefined : kindCodes.code(filter.kind),
  };
}

const intersect = (keys: readonly number[], set: ReadonlySet<number>): number[] =>
  keys.filter((key) => set.has(key));
