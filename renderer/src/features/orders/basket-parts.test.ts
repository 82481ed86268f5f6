import { describe, expect, it } from 'vitest';
import type { OrderDetail } from '#shared/ipc/orders.ts';
import { basketChanges } from './basket-parts.ts';

const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function detailOf(count: number, vehicleId?: string): OrderDetail {
  const lines = Array.from({ length: count }, (_, i) => ({
    id: id(100 + i),
    reference: `REF ${i}`,
    brand: 'TRW',
    name: `Part ${i}`,
    category: 'brakes',
    quantity: 1 + i,
    unitPriceExclVat: 1000,
    vatRate: 2000,
    origin: 'new' as const,
    policyId: id(1),
    ...(i === 1 ? { vehicleId: id(8) } : {}),
  }));
  const order = { currency: 'EUR', placedAt: '2026-11-11T18:02:00.000Z', lines, vehicleId };
  return { id: id(2), order, lines: lines.map((line) => ({ line })) } as unknown as OrderDetail;
}

describe('the changes that order parts again', () => {
  it('make a basket for the vehicle of the order, and name a vehicle only on lines for another one', () => {
    const detail = detailOf(2, id(7));
    const [create, add, ...rest] = basketChanges(detail, detail.lines, { name: 'Freins' }, () => id(9));
    expect(create).toEqual({
      name: 'basket.create',
      args: { id: id(9), name: 'Freins', vehicleId: id(7) },
    });
    expect(add).toMatchObject({
      name: 'basket.addLines',
      args: {
        basketId: id(9),
        lines: [
          {
            part: { reference: 'REF 0', brand: 'TRW', name: 'Part 0' },
            quantity: 1,
            price: { exclVat: 1000, vatRate: 2000, currency: 'EUR', at: '2026-11-11T18:02:00.000Z' },
          },
          { quantity: 2, vehicleId: id(8) },
        ],
      },
    });
    expect((add?.args as { lines: object[] }).lines[0]).not.toHaveProperty('vehicleId');
    expect(rest).toEqual([]);
  });

  it('add to a basket that is there, for the vehicle that they were bought for', () => {
    const detail = detailOf(1, id(7));
    const changes = basketChanges(detail, detail.lines, { id: id(3), name: 'Freins', vehicleId: id(4) });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ args: { basketId: id(3), lines: [{ vehicleId: id(7) }] } });
  });

  it('carry no more lines each than one change may', () => {
    const detail = detailOf(450);
    const changes = basketChanges(detail, detail.lines, { id: id(3), name: 'Freins' });
    const counts = changes.map(({ args }) => (args as { lines: object[] }).lines.length);
    expect(counts).toEqual([200, 200, 50]);
  });
});
