import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderLine } from '#shared/domain/order.ts';
import { billedItems, everythingOf, orderTotals, totalsOf } from './billing.ts';
import { MARKETPLACE_SELLERS, SHOP } from './sellers.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const seller = MARKETPLACE_SELLERS[0]?.name ?? '';

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 40 }),
  unitPriceExclVat: fc.integer({ min: 0, max: 200_000 }),
  vatRate: fc.constantFrom(2000, 850, 550, 0),
  percent: fc.constantFrom(0, 5, 15, 100),
  deposit: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
  fromSeller: fc.boolean(),
});

const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 12 }).map((drafts) =>
  drafts.map((draft, index): OrderLine => {
    const line: OrderLine = {
      id: id(index),
      reference: `R${index}`,
      brand: 'BOSCH',
      name: 'Pièce',
      category: 'Freinage',
      quantity: draft.quantity,
      unitPriceExclVat: draft.unitPriceExclVat,
      discountExclVat: Math.round((draft.quantity * draft.unitPriceExclVat * draft.percent) / 100),
      vatRate: draft.vatRate,
      origin: 'new',
      policyId: id(99),
    };
    if (draft.deposit !== undefined)
      line.coreDeposit = { amountExclVat: draft.deposit, vatRate: 2000, state: 'to_return' };
    if (draft.fromSeller) line.seller = seller;
    return line;
  }),
);

describe('billing', () => {
  it('splits an order between its sellers without losing or making a cent', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 0, max: 1500 }), (lines, shippingExclVat) => {
        const totals = orderTotals(lines, shippingExclVat);
        const order = { lines, totals };
        const bills = [SHOP.name, seller].map((name) =>
          totalsOf(billedItems(order, { kind: 'invoice', seller: name })),
        );
        expect(bills.reduce((sum, bill) => sum + bill.inclVat, 0)).toBe(totals.inclVat);
        expect(bills.reduce((sum, bill) => sum + bill.vat, 0)).toBe(totals.vat);
        expect(totals.goodsExclVat + totals.depositExclVat + shippingExclVat + totals.vat).toBe(
          totals.inclVat,
        );
      }),
    );
  });

  it('gives back exactly what it billed', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const order = { lines, totals: orderTotals(lines, 492) };
        const billed = totalsOf(billedItems(order, { kind: 'invoice', seller: SHOP.name }));
        const credited = totalsOf(billedItems(order, { kind: 'credit_note', seller: SHOP.name }));
        expect(credited.inclVat + billed.inclVat).toBe(0);
        expect(credited.vatTotals.length).toBe(billed.vatTotals.length);
      }),
    );
  });

  it('carries a share of the discount on a part of the quantity', () => {
    const [line] = fc.sample(anyLines, { numRuns: 1, seed: 1 })[0] ?? [];
    if (!line) throw new Error('no line');
    const three = { ...line, quantity: 3, unitPriceExclVat: 1000, discountExclVat: 100, vatRate: 2000 };
    const order = { lines: [three], totals: { shippingExclVat: 0 } };
    const items = [{ of: 'goods' as const, lineId: three.id, quantity: 2 }];
    const [item] = billedItems(order, { kind: 'credit_note', seller: SHOP.name, items });
    expect(item).toMatchObject({ quantity: 2, discountExclVat: 67, exclVat: -1933, vat: -387 });
  });

  it('bills the shipping with the shop only, and only when it costs something', () => {
    const lines = fc.sample(anyLines, { numRuns: 1, seed: 2 })[0] ?? [];
    const of = (shippingExclVat: number, name: string): number =>
      everythingOf({ lines, totals: { shippingExclVat } }, name).filter((item) => item.of === 'shipping')
        .length;
    expect([of(492, SHOP.name), of(0, SHOP.name), of(492, seller)]).toEqual([1, 0, 0]);
  });

  it('throws on an item that its order does not have', () => {
    const order = { lines: [], totals: { shippingExclVat: 0 } };
    const items = [{ of: 'goods' as const, lineId: id(1), quantity: 1 }];
    expect(() => billedItems(order, { kind: 'invoice', seller: SHOP.name, items })).toThrow(RangeError);
  });
});
