import { describe, expect, it } from 'vitest';
import type { Policy } from '#shared/domain/policy.ts';
import { anOrder } from '#test/support/entities.ts';
import { lineRights, parisDay } from './rights.ts';

const policy = (over: Partial<Policy> = {}): Policy => ({
  name: 'Standard',
  seller: 'Oscaro',
  returnDays: 30,
  returnBasis: 'delivery',
  warrantyMonths: 0,
  conditions: '',
  ...over,
});
const delivered = anOrder({
  events: [
    { status: 'placed', at: '2026-03-02T10:00:00.000Z' },
    { status: 'delivered', at: '2026-03-05T23:30:00.000Z' },
  ],
});
const [line] = delivered.lines;
const rights = (order: typeof delivered, known: Partial<Parameters<typeof lineRights>[2]> = {}): unknown =>
  line && lineRights(line, order, { policy: policy(), kind: 'private', invoicedOn: undefined, ...known });

describe('the rights of a line', () => {
  it('begin with the delivery, on the shop’s day', () => {
    // Half past midnight in Paris: the 6th of March.
    expect(rights(delivered)).toEqual({ returnUntil: '2026-04-05', warrantyUntil: '2028-03-06' });
    expect(rights(anOrder())).toEqual({});
  });

  it('count the return from what the policy says', () => {
    expect(rights(delivered, { policy: policy({ returnBasis: 'purchase' }) })).toMatchObject({
      returnUntil: '2026-04-01',
    });
    expect(
      rights(delivered, { policy: policy({ returnBasis: 'invoice' }), invoicedOn: '2026-03-10' }),
    ).toMatchObject({ returnUntil: '2026-04-09' });
    expect(rights(delivered, { policy: policy({ returnDays: 0 }) })).not.toHaveProperty('returnUntil');
    expect(rights(delivered, { policy: undefined })).toEqual({ warrantyUntil: '2028-03-06' });
  });

  it('give consumers the longer of the legal guarantee and the seller’s warranty, businesses only the latter', () => {
    expect(rights(delivered, { policy: policy({ warrantyMonths: 36 }) })).toMatchObject({
      warrantyUntil: '2029-03-06',
    });
    expect(rights(delivered, { policy: policy({ warrantyMonths: 12 }) })).toMatchObject({
      warrantyUntil: '2028-03-06',
    });
    expect(rights(delivered, { policy: policy({ warrantyMonths: 12 }), kind: 'garage' })).toMatchObject({
      warrantyUntil: '2027-03-06',
    });
    expect(rights(delivered, { kind: 'garage' })).not.toHaveProperty('warrantyUntil');
  });

  it('follow the parcel that holds the line', () => {
    const order = anOrder({
      shipments: [
        {
          id: '0192b1c4-7d3e-7a55-8c1d-00000000000a',
          carrier: 'Colissimo',
          lineIds: [line?.id ?? ''],
          events: [{ status: 'delivered', at: '2026-03-20T09:00:00.000Z' }],
        },
      ],
      events: [{ status: 'delivered', at: '2026-03-04T09:00:00.000Z' }],
    });
    expect(rights(order)).toMatchObject({ returnUntil: '2026-04-19' });
  });
});

it('knows both sides of the change to summer time', () => {
  expect(parisDay('2026-03-28T22:59:59.000Z')).toBe('2026-03-28');
  expect(parisDay('2026-03-28T23:00:00.000Z')).toBe('2026-03-29');
  expect(parisDay('2026-03-29T22:00:00.000Z')).toBe('2026-03-30');
});
