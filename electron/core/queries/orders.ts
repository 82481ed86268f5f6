import type { ListSummary, OrderFilter, OrderRow } from '#shared/ipc/orders.ts';
import type { Connection } from '../db/connection.ts';
import { dayIndexOf, startOfDayIndex } from '../db/list-key.ts';
import type { KeyLists } from '../search/key-lists.ts';
import { allMatchingOrders } from '../search/match-orders.ts';
import { ORDER_COLUMNS, WITH_VEHICLE, orderRow, orderRowsOf, type OrderListRecord } from './order-list.ts';
import type { OrderSelection } from './order-selection.ts';
import { IS_AMONG, maskOf, orderSelection, rangeOf } from './order-selection.ts';
import type { DayTotal } from './summary.ts';
import { placeOf, summaryOf } from './summary.ts';

const BY_DAY = 'count(*) AS count, sum(excl) AS excl, sum(incl) AS incl';

/** The list of orders: how long it is, any stretch of it, and where an order stands in it. */
export class OrderList {
  readonly #db: Connection;
  readonly #lists: KeyLists;

  constructor(db: Connection, lists: KeyLists) {
    this.#db = db;
    this.#lists = lists;
  }

  summary(filter: OrderFilter): ListSummary {
    return this.#db.snapshot(() =>
      summaryOf(this.#days(orderSelection(this.#db, filter), filter), this.#currency()),
    );
  }

  page(filter: OrderFilter, offset: number, limit: number): OrderRow[] {
    return this.#db.snapshot(() => {
      const selection = orderSelection(this.#db, filter);
      if (selection.words.length > 0)
        return orderRowsOf(this.#db, this.#found(selection, filter).slice(offset, offset + limit));
      if (selection.vehicle === undefined && !selection.toReturn)
        return this.#pageByDay(selection, filter, offset, limit);
      const { table, key, where, params } = rangeOf(selection);
      return this.#db
        .all<OrderListRecord>(
          `SELECT ${ORDER_COLUMNS} FROM ${table} CROSS JOIN orders o ON o.pk = ${key} ${WITH_VEHICLE}
           WHERE ${where} ORDER BY ${key} LIMIT ? OFFSET ?`,
          ...params,
          limit,
          offset,
        )
        .map(orderRow);
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
    const place = placeOf(this.#days(selection, filter), offset);
    if (!place) return [];
    const low = Math.max(selection.low, startOfDayIndex(place.day));
    const { statuses, high } = selection;
    if (!statuses) {
      return this.#db
        .all<OrderListRecord>(
          `SELECT ${ORDER_COLUMNS} FROM orders o ${WITH_VEHICLE} WHERE o.pk >= ? AND o.pk < ? ORDER BY o.pk LIMIT ? OFFSET ?`,
          low,
          high,
          limit,
          place.within,
        )
        .map(orderRow);
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
    return orderRowsOf(this.#db, keys.sort((a, b) => a - b).slice(place.within, most));
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

  #found(selection: OrderSelection, filter: OrderFilter): readonly number[] {
    return this.#lists.get(`orders ${JSON.stringify(filter)}`, () => {
      const found = allMatchingOrders(this.#db, selection.words);
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

  /** The shop sells in one currency; an account whose orders mixed them would need sums per currency. */
  #currency(): string {
    return this.#db.value<string>('SELECT currency FROM orders ORDER BY pk LIMIT 1') ?? 'EUR';
  }
}
