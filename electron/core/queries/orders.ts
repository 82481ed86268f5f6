import type { ListSummary, OrderFilter, OrderRow } from '#shared/ipc/orders.ts';
import type { Connection } from '../db/connection.ts';
import { dayIndexOf, startOfDayIndex } from '../db/list-key.ts';
import type { KeyLists } from '../search/key-lists.ts';
import { allMatchingOrders, newestMatchingOrders } from '../search/match-orders.ts';
import type { SearchCache } from '../search/search-index.ts';
import { SearchIndex } from '../search/search-index.ts';
import type { OrderRows } from './order-list.ts';
import type { OrderSelection } from './order-selection.ts';
import { IS_AMONG, maskOf, orderSelection, rangeOf } from './order-selection.ts';
import type { DayTotal } from './summary.ts';
import { placeOf, summaryOf } from './summary.ts';

const BY_DAY = 'count(*) AS count, sum(excl) AS excl, sum(incl) AS incl';

const MOST_AT_FIRST = 100;

const nameOf = (filter: OrderFilter): string => `orders ${JSON.stringify(filter)}`;

function isTextOnly({ vehicle, statuses, toReturn, low, high }: OrderSelection): boolean {
  return vehicle === undefined && !statuses && !toReturn && low === 0 && high === Number.MAX_SAFE_INTEGER;
}

/** The list of orders: how long it is, any stretch of it, and where an order stands in it. */
export class OrderList {
  readonly #db: Connection;
  readonly #lists: KeyLists;
  readonly #rows: OrderRows;
  readonly #cache: SearchCache;

  constructor(db: Connection, lists: KeyLists, rows: OrderRows, cache: SearchCache) {
    this.#db = db;
    this.#lists = lists;
    this.#rows = rows;
    this.#cache = cache;
  }

  summary(filter: OrderFilter): ListSummary {
    return this.#db.snapshot(() =>
      summaryOf(this.#days(orderSelection(this.#db, filter), filter), this.#currency()),
    );
  }

  page(filter: OrderFilter, offset: number, limit: number): OrderRow[] {
    return this.#db.snapshot(() => {
      const selection = orderSelection(this.#db, filter);
      if (selection.words.length > 0) return this.#rows.of(this.#foundPage(selection, filter, offset, limit));
      if (selection.vehicle === undefined && !selection.toReturn)
        return this.#pageByDay(selection, filter, offset, limit);
      const { table, key, where, params } = rangeOf(selection);
      return this.#rows.select(
        `${table} CROSS JOIN orders o ON o.pk = ${key}
           WHERE ${where} ORDER BY ${key} LIMIT ? OFFSET ?`,
        ...params,
        limit,
        offset,
      );
    });
  }

  /** Undefined when the filter hides the order. */
  position(filter: OrderFilter, key: number): number | undefined {
    return this.#db.snapshot(() => {
      const selection = orderSelection(this.#db, filter);
      if (selection.words.length > 0) {
        const at = this.#found(selection, filter).indexOf(key);
        return at < 0 ? undefined : at;
      }
      const range = rangeOf(selection);
      const inList = this.#db.value<number>(
        `SELECT 1 FROM ${range.table} WHERE ${range.where} AND ${range.key} = ?`,
        ...range.params,
        key,
      );
      if (inList === undefined) return undefined;
      if (selection.vehicle !== undefined || selection.toReturn) return this.#countBefore(selection, key);
      const dayStart = startOfDayIndex(dayIndexOf(key));
      const newer = this.#dayTotals(selection).filter(({ day }) => day < dayIndexOf(key));
      const before = newer.reduce((total, { count }) => total + count, 0);
      return before + this.#countBefore({ ...selection, low: Math.max(selection.low, dayStart) }, key);
    });
  }

  #countBefore(selection: OrderSelection, key: number): number {
    const { table, where, params } = rangeOf({ ...selection, high: key });
    return this.#db.value<number>(`SELECT count(*) FROM ${table} WHERE ${where}`, ...params) ?? 0;
  }

  /** Jumps to the day by the totals, so that the end of a long list is as near as its start. */
  #pageByDay(selection: OrderSelection, filter: OrderFilter, offset: number, limit: number): OrderRow[] {
    const place = offset === 0 ? { day: 0, within: 0 } : placeOf(this.#days(selection, filter), offset);
    if (!place) return [];
    const low = Math.max(selection.low, startOfDayIndex(place.day));
    const { statuses, high } = selection;
    if (!statuses) {
      return this.#rows.select(
        `orders o WHERE o.pk >= ? AND o.pk < ? ORDER BY o.pk LIMIT ? OFFSET ?`,
        low,
        high,
        limit,
        place.within,
      );
    }
    const most = place.within + limit;
    const keys = statuses.flatMap((status) =>
      this.#db.column<number>(
        'SELECT pk FROM orders WHERE status = ? AND pk >= ? AND pk < ? ORDER BY pk LIMIT ?',
        status,
        low,
        high,
        most,
      ),
    );
    return this.#rows.of(keys.sort((a, b) => a - b).slice(place.within, most));
  }

  #days(selection: OrderSelection, filter: OrderFilter): DayTotal[] {
    if (selection.words.length > 0) {
      return this.#db.all<DayTotal>(
        `SELECT o.pk >> 27 AS day, ${BY_DAY} FROM json_each(?) j CROSS JOIN orders o ON o.pk = j.value GROUP BY day ORDER BY day`,
        JSON.stringify(this.#found(selection, filter)),
      );
    }
    if (selection.vehicle === undefined && !selection.toReturn) return this.#dayTotals(selection);
    const { table, key, where, params } = rangeOf(selection);
    return this.#db.all<DayTotal>(
      `SELECT ${key} >> 27 AS day, ${BY_DAY} FROM ${table} WHERE ${where} GROUP BY day ORDER BY day`,
      ...params,
    );
  }

  #dayTotals({ low, high, statuses }: OrderSelection): DayTotal[] {
    const ofStatus = statuses ? `AND ${IS_AMONG('status')}` : '';
    return this.#db.all<DayTotal>(
      `SELECT day, sum(count) AS count, sum(excl) AS excl, sum(incl) AS incl FROM order_day
       WHERE day >= ? AND day < ? ${ofStatus} GROUP BY day`,
      dayIndexOf(low),
      Math.ceil(high / startOfDayIndex(1)),
      ...(statuses ? [maskOf(statuses)] : []),
    );
  }

  /** The first rows of what was typed are shown before all of it is counted. */
  #foundPage(
    selection: OrderSelection,
    filter: OrderFilter,
    offset: number,
    limit: number,
  ): readonly number[] {
    const most = offset + limit;
    if (most > MOST_AT_FIRST || !isTextOnly(selection) || this.#lists.has(nameOf(filter))) {
      return this.#found(selection, filter).slice(offset, most);
    }
    return newestMatchingOrders(this.#search(), selection.words, most).slice(offset);
  }

  #found(selection: OrderSelection, filter: OrderFilter): readonly number[] {
    return this.#lists.get(nameOf(filter), () => {
      const found = allMatchingOrders(this.#search(), selection.words);
      const filtered = selection.vehicle !== undefined || selection.statuses || selection.toReturn;
      const inRange = found.filter((key) => key >= selection.low && key < selection.high);
      if (!filtered) return inRange;
      const { table, key, where, params } = rangeOf(selection);
      const others = new Set(
        this.#db.column<number>(`SELECT ${key} FROM ${table} WHERE ${where}`, ...params),
      );
      return inRange.filter((candidate) => others.has(candidate));
    });
  }

  #search(): SearchIndex {
    return new SearchIndex(this.#db, this.#cache);
  }

  /** The shop sells in one currency; an account whose orders mixed them would need sums per currency. */
  #currency(): string {
    return this.#db.value<string>('SELECT currency FROM orders ORDER BY pk LIMIT 1') ?? 'EUR';
  }
}
