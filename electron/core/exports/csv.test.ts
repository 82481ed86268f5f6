import { expect, it } from 'vitest';
import { csvLines, money, text } from './csv.ts';
import { uniqueNames } from './names.ts';

it('writes money with the decimals of the language', () => {
  expect(money(123_456, 'fr')).toBe('1234,56');
  expect(money(-5, 'fr')).toBe('-0,05');
  expect(money(-12_300, 'en')).toBe('-123.00');
});

it.each(['=SUM(A1)', '+1', '-1', '@x', '\tx', '\rx'])('makes %j a text that no spreadsheet runs', (value) => {
  expect(text(value)).toBe(`'${value}`);
});

it('quotes what holds a separator, a quote or a line break', () => {
  expect(csvLines([['a;b', 'c"d', 'e\nf', 'g,h']], 'fr')).toBe('"a;b";"c""d";"e\nf";g,h\r\n');
});

it('names files so that they stay in their folder and apart from each other', () => {
  const name = uniqueNames();
  expect(['F1', 'f1', '../../etc/passwd', '..', 'a\u0000b', 'F1'].map(name)).toEqual([
    'F1.pdf',
    'f1 (2).pdf',
    '_.._etc_passwd.pdf',
    '_.pdf',
    'a_b.pdf',
    'F1 (3).pdf',
  ]);
});
