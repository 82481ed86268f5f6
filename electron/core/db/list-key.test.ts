import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf, endOfDay, invoiceKey, orderKey, startOfDay } from './list-key.ts';

const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2140-01-01'), noInvalidDate: true });
const isoDay = day.map((date) => date.toISOString().slice(0, 10));

it('sorts newest first, by day and then by moment', () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      const keys = [a, b].map((date) => orderKey(date.toISOString().slice(0, 10), date.toISOString()));
      expect(Math.sign((keys[0] ?? 0) - (keys[1] ?? 0))).toBe(Math.sign(b.getTime() - a.getTime()) || 0);
    }),
  );
});

it('holds its day, whatever the moment claims to be', () => {
  fc.assert(
    fc.property(isoDay, day, (placedOn, placedAt) => {
      const key = orderKey(placedOn, placedAt.toISOString());
      expect(dayOf(key)).toBe(placedOn);
      expect(key).toBeGreaterThanOrEqual(startOfDay(placedOn));
      expect(key + 1_000_000).toBeLessThan(endOfDay(placedOn));
      expect(Number.isSafeInteger(key)).toBe(true);
    }),
  );
});

it('puts the higher invoice number of a day first', () => {
  const keys = ['F2026-000009', 'F2026-000010', 'F2026-000011'].map((number) =>
    invoiceKey('2026-03-02', number),
  );
  expect(keys).toEqual([...keys].sort((a, b) => b - a));
  expect(dayOf(invoiceKey('2026-03-02', 'no digits'))).toBe('2026-03-02');
});

it('knows the hour before midnight in Paris, which UTC calls the day before', () => {
  const early = orderKey('2026-07-02', '2026-07-01T22:30:00.000Z');
  const later = orderKey('2026-07-02', '2026-07-02T21:00:00.000Z');
  expect(dayOf(early)).toBe('2026-07-02');
  expect(early).toBeGreaterThan(later);
});
