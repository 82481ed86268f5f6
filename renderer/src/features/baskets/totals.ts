import { vatOf } from '#shared/domain/amounts.ts';
import type { LastKnownPrice } from '#shared/domain/basket.ts';
import type { BasketDetail } from '#shared/ipc/baskets.ts';

export type BasketDetailLine = BasketDetail['lines'][number];
export type VatShare = { rate: number; exclVat: number; vat: number };

/** VAT by rate, highest first, as the lines were rounded: the shares add up to what the basket comes to. */
export function vatShares(lines: readonly BasketDetailLine[]): VatShare[] {
  const shares = new Map<number, VatShare>();
  for (const { line, exclVat, inclVat } of lines) {
    if (!line.price || exclVat === undefined || inclVat === undefined) continue;
    const rate = line.price.vatRate;
    const share = shares.get(rate) ?? { rate, exclVat: 0, vat: 0 };
    share.exclVat += exclVat;
    share.vat += inclVat - exclVat;
    shares.set(rate, share);
  }
  return [...shares.values()].sort((a, b) => b.rate - a.rate);
}

/** One piece, as the account reads prices. */
export function unitPrice(price: LastKnownPrice, first: 'excl' | 'incl'): number {
  return first === 'excl' ? price.exclVat : price.exclVat + vatOf(price.exclVat, price.vatRate);
}
