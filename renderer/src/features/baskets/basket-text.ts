import { m } from '#shared/i18n/generated/messages.js';
import type { BasketDetail } from '#shared/ipc/baskets.ts';
import { dots } from '#lib/dots.ts';
import * as format from '#lib/format.ts';
import { unitPrice } from './totals.ts';

/** A basket as plain text, for an e-mail or a message: prices as its owner reads them, with the day they are of. */
export function basketText(detail: BasketDetail, first: 'excl' | 'incl'): string {
  const { row, basket, lines } = detail;
  const vat = first === 'excl' ? m.app_excl_vat() : m.app_incl_vat();
  const title = row.vehicle ? `${basket.name} (${row.vehicle.plate}, ${row.vehicle.label})` : basket.name;
  const list = lines.map(({ line, vehicle }) =>
    dots(
      `${format.count(line.quantity)} × ${line.brand} ${line.reference}`,
      line.name,
      vehicle && vehicle.id !== row.vehicle?.id && vehicle.plate,
      line.price
        ? `${format.money(unitPrice(line.price, first), line.price.currency)} ${vat}`
        : m.baskets_no_price(),
    ),
  );
  return [
    title,
    ...(basket.notes === undefined ? [] : [basket.notes]),
    '',
    ...list,
    '',
    ...totalLines(detail),
  ].join('\n');
}

function totalLines({ row: { total } }: BasketDetail): string[] {
  const priced =
    total.oldestPriceAt === undefined
      ? []
      : [
          `${m.app_total()} ${format.money(total.exclVat, total.currency)} ${m.app_excl_vat()} · ${format.money(total.inclVat, total.currency)} ${m.app_incl_vat()}`,
          m.baskets_prices_since({ date: format.dayOf(total.oldestPriceAt) }),
        ];
  return [...priced, ...(total.unpriced > 0 ? [m.baskets_unpriced({ count: total.unpriced })] : [])];
}
