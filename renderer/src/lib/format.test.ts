import { afterEach, describe, expect, it } from 'vitest';
import {
  ago,
  day,
  fileSize,
  moment,
  momentHere,
  money,
  moneyCompact,
  month,
  nearDay,
  nearMomentHere,
  orderNumber,
  vatRate,
} from './format.ts';
import { language } from './language.svelte.ts';

afterEach(() => {
  language.current = 'fr';
});

describe('format', () => {
  it('writes amounts as French invoices do, with no space that could break', () => {
    expect(money(18420, 'EUR')).toBe('184,20\u00a0€');
    expect(money(4821635, 'EUR')).toBe('48\u202f216,35\u00a0€');
    expect(money(-1905, 'EUR')).toBe('-19,05\u00a0€');
  });

  it('follows the language at once', () => {
    language.current = 'en';
    expect(money(4821635, 'EUR')).toBe('€48,216.35');
    expect(month('2026-11')).toBe('November 2026');
    language.current = 'fr';
    expect(month('2026-11')).toBe('novembre 2026');
  });

  it('shortens amounts for a chart', () => {
    expect(moneyCompact(18_580, 'EUR')).toBe('186\u00a0€');
    expect(moneyCompact(860_000, 'EUR')).toBe('8,6\u00a0k\u00a0€');
    language.current = 'en';
    expect(moneyCompact(860_000, 'EUR')).toMatch(/^€8\.6k$/i);
  });

  it('keeps the half percents of overseas VAT', () => {
    expect(vatRate(850)).toMatch(/^8,5[\u00a0\u202f]%$/);
    expect(vatRate(2000)).toMatch(/^20[\u00a0\u202f]%$/);
  });

  it('shows what this computer did by the clock on its wall', () => {
    expect(momentHere('2026-11-11T23:30:00.000Z', 'America/Martinique')).toBe('11 nov. 19:30');
    expect(momentHere('2026-11-11T23:30:00.000Z', 'Indian/Reunion')).toBe('12 nov. 03:30');
  });

  it('shows moments in the shop’s zone, which decides the day of an order', () => {
    expect(moment('2026-11-11T23:30:00.000Z')).toBe('12 nov. 00:30');
    expect(day('2026-11-12')).toBe('12 nov. 2026');
  });

  it('names the year only when it is another one', () => {
    expect(nearDay('2026-11-12', '2026-11-22')).toBe('12 nov.');
    expect(nearDay('2027-01-02', '2026-11-22')).toBe('2 janv. 2027');
  });

  it.each([
    [0, 'maintenant'],
    [12, 'il y a 12\u00a0s'],
    [60, 'il y a 1\u00a0min'],
    [3 * 3600 + 1800, 'il y a 3\u00a0h'],
    [86_400, 'hier'],
    [-30, 'maintenant'],
  ])('says how long ago %i seconds are', (seconds, words) => {
    const now = Date.parse('2026-11-22T10:00:00.000Z');
    expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(words);
  });

  it('groups the digits of an order number and leaves other numbers alone', () => {
    expect(orderNumber('4812553')).toBe('4\u202f812\u202f553');
    expect(orderNumber('F-2026-118204')).toBe('F-2026-118204');
    expect(orderNumber('1234')).toBe('1234');
  });

  it('writes file sizes in the unit that fits', () => {
    expect(fileSize(26_200)).toBe('26,2\u202fko');
    expect(fileSize(2_340_000)).toBe('2,3\u202fMo');
  });
});

it('moments of today and yesterday are called so, by the clock on the wall', () => {
  const now = Date.parse('2026-11-22T23:30:00.000Z');
  expect(nearMomentHere('2026-11-22T09:44:00.000Z', now, 'UTC')).toBe('aujourd’hui 09:44');
  expect(nearMomentHere('2026-11-21T18:20:00.000Z', now, 'UTC')).toBe('hier 18:20');
  expect(nearMomentHere('2026-11-20T18:20:00.000Z', now, 'UTC')).toBe('20 nov. 18:20');
  // In Paris it is past midnight already: what was today in London is yesterday.
  expect(nearMomentHere('2026-11-22T09:44:00.000Z', now, 'Europe/Paris')).toBe('hier 10:44');
});
