import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vatOf } from './money.ts';

describe('vatOf', () => {
  it.each([
    [3820, 2000, 764],
    [3, 2000, 1], // 0.6 cent
    [2, 2000, 0], // 0.4 cent
    [100, 850, 9], // 8.5 cents round away from zero
    [-100, 850, -9],
    [12345, 0, 0],
  ])('of %i cents at %i basis points is %i cents', (exclVat, rate, vat) => {
    expect(vatOf(exclVat, rate)).toBe(vat);
  });

  it('mirrors at zero, so that a credit note undoes its invoice to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 10_000 }), (amount, rate) => {
        expect(vatOf(-amount, rate) + vatOf(amount, rate)).toBe(0);
      }),
    );
  });
});
