import { describe, expect, it } from 'vitest';
import { amount, count, euros, orderNumber, parisDate, rate, shortDate, siren } from './words.ts';

describe('how invoices write', () => {
  it('amounts', () => {
    expect(amount(0)).toBe('0,00');
    expect(amount(5)).toBe('0,05');
    expect(amount(123_456)).toBe('1\u202f234,56');
    expect(amount(-123_456_789)).toBe('\u22121\u202f234\u202f567,89');
    expect(euros(1990)).toBe('19,90\u00a0€');
    expect(count(-2)).toBe('\u22122');
  });

  it('rates, dates and numbers', () => {
    expect([rate(2000), rate(550), rate(0)]).toEqual(['20\u00a0%', '5,5\u00a0%', '0\u00a0%']);
    expect(shortDate('2026-11-02')).toBe('02/11/2026');
    expect(siren('999999014')).toBe('999\u202f999\u202f014');
    expect(orderNumber('4812553')).toBe('4\u202f812\u202f553');
    expect(orderNumber('W-12345')).toBe('W-12345');
  });

  it('days of Paris, not of Greenwich', () => {
    expect(parisDate('2026-07-14T22:30:00.000Z')).toBe('2026-07-15');
    expect(parisDate('2026-11-22T22:30:00.000Z')).toBe('2026-11-22');
  });
});
