import { expect, it } from 'vitest';
import { unitPrice, vatShares, type BasketDetailLine } from './totals.ts';

const priced = (exclVat: number, vat: number, vatRate: number): BasketDetailLine => ({
  line: {
    id: '0198a000-0000-7000-8000-000000000001',
    reference: 'A1',
    brand: 'BOSCH',
    name: 'Filtre',
    quantity: 1,
    price: { exclVat, vatRate, currency: 'EUR', at: '2026-11-12T08:00:00.000Z' },
  },
  exclVat,
  inclVat: exclVat + vat,
  pending: false,
});
const unpriced: BasketDetailLine = {
  line: { ...priced(0, 0, 0).line, price: undefined },
  pending: false,
};

it('adds VAT up by rate, highest first, and leaves lines without a price out', () => {
  expect(
    vatShares([priced(1000, 55, 550), priced(2000, 400, 2000), unpriced, priced(333, 67, 2000)]),
  ).toEqual([
    { rate: 2000, exclVat: 2333, vat: 467 },
    { rate: 550, exclVat: 1000, vat: 55 },
  ]);
});

it('shows the price of one piece as the account reads it', () => {
  const price = { exclVat: 333, vatRate: 2000, currency: 'EUR', at: '2026-11-12T08:00:00.000Z' };
  expect(unitPrice(price, 'excl')).toBe(333);
  expect(unitPrice(price, 'incl')).toBe(400);
});
