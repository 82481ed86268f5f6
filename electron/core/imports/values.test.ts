import { describe, expect, it } from 'vitest';
import { cellText, dateOf, kilometresOf } from './values.ts';

const today = '2026-11-22';

describe('dates', () => {
  it.each([
    ['31/12/2020', '2020-12-31'],
    ['1/2/2019', '2019-02-01'],
    ['01.02.2019', '2019-02-01'],
    ['15-03-98', '1998-03-15'],
    ['15/03/26', '2026-03-15'],
    ['22/11/26', '2026-11-22'],
    ['15/03/27', '1927-03-15'],
    ['2019-02-01', '2019-02-01'],
    ['2019/2/1', '2019-02-01'],
    ['29/02/2024', '2024-02-29'],
    ['01/02/2019 00:00', '2019-02-01'],
    ['2019-02-01T10:20:30Z', '2019-02-01'],
  ])('reads %j', (text, date) => {
    expect(dateOf(text, today)).toBe(date);
  });

  it.each([
    '31/02/2020',
    '12/31/2020',
    '29/02/2023',
    '23/11/2026',
    '01/01/1799',
    'mars 2019',
    '2019',
    '1/2/3',
    '0/1/2020',
    '44197',
  ])('refuses %j', (text) => {
    expect(dateOf(text, today)).toBeUndefined();
  });
});

describe('kilometres', () => {
  it.each([
    ['123456', 123_456],
    ['123 456 km', 123_456],
    ['123\u00a0456', 123_456],
    ['123\u202f456 KM', 123_456],
    ['123.456', 123_456],
    ['1,234,567', 1_234_567],
    ["12'000", 12_000],
    ['98000,00', 98_000],
    ['0', 0],
    ['5000000', 5_000_000],
    ['12 000 kilomètres', 12_000],
  ])('reads %j', (text, kilometres) => {
    expect(kilometresOf(text)).toBe(kilometres);
  });

  it.each(['', 'km', '-5', '12,5', '1 23 456', '5000001', '123456 miles', '1e5', '99999999999999'])(
    'refuses %j',
    (text) => {
      expect(kilometresOf(text)).toBeUndefined();
    },
  );
});

it('takes off the apostrophe that kept a spreadsheet from running a cell, and no other', () => {
  expect(cellText(" '=1+1 ")).toBe('=1+1');
  expect(cellText("''-x")).toBe("'-x");
  expect(cellText("'90s")).toBe("'90s");
});
