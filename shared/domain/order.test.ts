import { describe, expect, it } from 'vitest';
import type { OrderLine } from './order.ts';
import { lineDeposit, lineExclVat, lineInclVat } from './order.ts';
import type { StatusEvent } from './order-status.ts';
import { currentStatus } from './order-status.ts';

const line: OrderLine = {
  id: '0193a000-0000-7000-8000-000000000001',
  reference: 'BHN1130E',
  brand: 'TRW',
  name: 'Étrier avant gauche, échange standard',
  category: 'Freinage',
  quantity: 2,
  unitPriceExclVat: 4000,
  vatRate: 2000,
  origin: 'exchange',
  policyId: '0193a000-0000-7000-8000-000000000002',
};

describe('amounts of a line', () => {
  it('takes the discount off once, then adds VAT rounded per line', () => {
    expect(lineExclVat({ ...line, discountExclVat: 333 })).toBe(7667);
    expect(lineInclVat({ ...line, discountExclVat: 333 })).toBe(7667 + 1533);
  });

  it('counts the deposit for every unit, apart from the price', () => {
    const coreDeposit = { amountExclVat: 4000, vatRate: 2000, state: 'to_return' as const };
    expect(lineDeposit({ ...line, coreDeposit })).toEqual({ exclVat: 8000, inclVat: 9600 });
    expect(lineInclVat({ ...line, coreDeposit })).toBe(9600);
    expect(lineDeposit(line)).toEqual({ exclVat: 0, inclVat: 0 });
  });
});

describe('currentStatus', () => {
  const at = (minute: number): string => `2026-11-22T10:0${minute}:00.000Z`;

  it('is that of the latest event, whatever the order they came in', () => {
    const events: [StatusEvent, ...StatusEvent[]] = [
      { status: 'shipped', at: at(3) },
      { status: 'placed', at: at(1) },
      { status: 'paid', at: at(2) },
    ];
    expect(currentStatus(events).status).toBe('shipped');
  });

  it('prefers the event listed later when two share a moment', () => {
    expect(
      currentStatus([
        { status: 'placed', at: at(1) },
        { status: 'paid', at: at(1) },
      ]).status,
    ).toBe('paid');
  });
});
