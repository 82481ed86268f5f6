import type { Basket, BasketLine } from '#shared/domain/basket.ts';
import { vatOf } from '#shared/domain/amounts.ts';
import { checksum } from './checksum.ts';
import type { Param } from './connection.ts';

/** The row of a basket that lists read. Amounts in cents, moments in milliseconds since 1970. */
export interface BasketRecord {
  pk: number;
  id: Uint8Array;
  sum: number;
  name: string;
  vehicle: number;
  template: number;
  line_count: number;
  quantity: number;
  excl: number;
  incl: number;
  currency: string;
  unpriced: number;
  oldest_price_at: number | null;
  changed_at: number;
  deleted_at: number | null;
}

type Summed = Omit<BasketRecord, 'pk' | 'id' | 'sum'>;

/** Shown of a basket in which nothing has a price. */
const USUAL_CURRENCY = 'EUR';

/** What a line costs as far as is known, VAT rounded once per line as on an invoice; undefined without a price. */
export function basketLineAmounts(line: BasketLine): { exclVat: number; inclVat: number } | undefined {
  if (!line.price) return undefined;
  const exclVat = line.quantity * line.price.exclVat;
  return { exclVat, inclVat: exclVat + vatOf(exclVat, line.price.vatRate) };
}

export function basketRecord(basket: Basket, vehicle: number): Summed & { sum: number } {
  const amounts = basket.lines.flatMap((line) => basketLineAmounts(line) ?? []);
  const prices = basket.lines.flatMap(({ price }) => price ?? []);
  const record: Summed = {
    name: basket.name,
    vehicle,
    template: basket.isTemplate ? 1 : 0,
    line_count: basket.lines.length,
    quantity: basket.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    excl: amounts.reduce((sum, { exclVat }) => sum + exclVat, 0),
    incl: amounts.reduce((sum, { inclVat }) => sum + inclVat, 0),
    currency: prices[0]?.currency ?? USUAL_CURRENCY,
    unpriced: basket.lines.length - prices.length,
    oldest_price_at: prices.reduce<number | null>((oldest, { at }) => {
      const moment = Date.parse(at);
      return oldest === null || moment < oldest ? moment : oldest;
    }, null),
    changed_at: Date.parse(basket.changedAt),
    deleted_at: basket.deletedAt === undefined ? null : Date.parse(basket.deletedAt),
  };
  return { ...record, sum: basketSum(record) };
}

export function basketSum(row: Summed): number {
  const fields: Param[] = [
    row.vehicle, row.template, row.line_count, row.quantity, row.excl, row.incl, row.currency, row.unpriced, row.oldest_price_at,
    row.changed_at, row.deleted_at, row.name,
  ]; // prettier-ignore
  return checksum(fields.join(' '));
}
