import type { OrderLine } from '#shared/domain/order.ts';
import { pagesOf, readOne } from '../../db/base.ts';
import { basketTable } from '../baskets.ts';
import { count, money, text, type Language } from '../csv.ts';
import { inPages, PAGE, type Table } from '../table.ts';
import { vehiclesTable } from '../vehicles.ts';
import { basketColumn, basketHeader, lineHeader, originWords } from '../words.ts';
import type { DataSource } from './source.ts';

const ORDERS_AT_ONCE = 100;

/** Every line of every order. */
export function linesTable({ reader, queries, language }: DataSource): Table {
  const plates = new Map<string, string>();
  const plateOf = (id: string | undefined): string => {
    if (id === undefined) return '';
    const known = plates.get(id) ?? readOne(reader, 'vehicle', id)?.value.plate ?? '';
    plates.set(id, known);
    return known;
  };
  const pages = function* (): Generator<string[][]> {
    for (const rows of inPages((offset) => queries.orders.page({}, offset, PAGE))) {
      for (let from = 0; from < rows.length; from += ORDERS_AT_ONCE) {
        yield rows.slice(from, from + ORDERS_AT_ONCE).flatMap(({ id }) => {
          const order = readOne(reader, 'order', id)?.value;
          if (!order) return [];
          const { number, placedOn, currency, vehicleId } = order;
          return order.lines.map((line) => [
            text(number),
            placedOn,
            ...lineCells(line, language),
            currency,
            // A line without a vehicle of its own is for that of the order.
            text(plateOf(line.vehicleId ?? vehicleId)),
          ]);
        });
      }
    }
  };
  return { header: lineHeader[language], pages: pages() };
}

function lineCells(line: OrderLine, language: Language): string[] {
  const { coreDeposit } = line;
  return [
    text(line.reference),
    text(line.brand),
    text(line.name),
    text(line.category),
    text(line.seller ?? ''),
    originWords[language][line.origin],
    count(line.quantity),
    money(line.unitPriceExclVat, language),
    line.discountExclVat === undefined ? '' : money(line.discountExclVat, language),
    money(line.vatRate, language),
    coreDeposit ? money(coreDeposit.amountExclVat, language) : '',
  ];
}

/** The lines of all baskets, each with the name of its basket. */
export function basketsTable({ reader, queries, language }: DataSource): Table {
  const pages = function* (): Generator<string[][]> {
    for (const baskets of pagesOf(reader, 'basket', ORDERS_AT_ONCE)) {
      for (const { id, value } of baskets) {
        const detail = queries.basket(id);
        if (!detail) continue;
        for (const rows of basketTable(detail, language).pages)
          yield rows.map((row) => [text(value.name), ...row]);
      }
    }
  };
  return {
    header: [basketColumn[language], ...basketHeader[language]],
    pages: pages(),
  };
}

/** Those in use, then those that were retired. */
export function allVehiclesTable({ queries, language }: DataSource): Table {
  const of = (retired: boolean): Table =>
    vehiclesTable((...stretch) => queries.vehicleList.values(...stretch), { retired }, language);
  const pages = function* (): Generator<readonly string[][]> {
    yield* of(false).pages;
    yield* of(true).pages;
  };
  return { header: of(false).header, pages: pages() };
}
