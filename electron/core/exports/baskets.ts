import type { BasketDetail } from '#shared/ipc/baskets.ts';
import { parisDay } from '../queries/rights.ts';
import { count, money, text, type Language } from './csv.ts';
import { basketHeader } from './words.ts';
import { inPages, PAGE, type Table } from './table.ts';
import { writeCsv } from './write-csv.ts';

type Line = BasketDetail['lines'][number];

/** Writes the lines of a basket in their order; answers how many. Failures of the disk are thrown. */
export function exportBasketCsv(basket: BasketDetail, path: string, language: Language): Promise<number> {
  return writeCsv(path, basketTable(basket, language), language);
}

export function basketTable(basket: BasketDetail, language: Language): Table {
  // A line without a vehicle of its own is for that of the basket.
  const plateOf = ({ line, vehicle }: Line): string =>
    (line.vehicleId === undefined ? basket.row.vehicle : vehicle)?.plate ?? '';
  const cells = (row: Line): string[] => {
    const { line, exclVat } = row;
    const { price } = line;
    return [
      text(line.reference),
      text(line.brand),
      text(line.name),
      count(line.quantity),
      text(plateOf(row)),
      price ? money(price.exclVat, language) : '',
      price ? money(price.vatRate, language) : '',
      exclVat === undefined ? '' : money(exclVat, language),
      price?.currency ?? '',
      price ? parisDay(price.at) : '',
    ];
  };
  return {
    header: basketHeader[language],
    pages: inPages((offset) => basket.lines.slice(offset, offset + PAGE).map(cells)),
  };
}
