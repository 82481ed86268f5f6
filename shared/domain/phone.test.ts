import { describe, expect, it } from 'vitest';
import { formatPhone, parsePhone } from './phone.ts';
import { PhoneNumber } from './profile.ts';

describe('a phone number', () => {
  it.each([
    ['01 76 49 49 49', '+33176494949'],
    ['0176494949', '+33176494949'],
    ['06.12.34.56.78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['+32 2 555 12 12', '+3225551212'],
    ['0041 22 345 67 89', '+41223456789'],
    ['+590 590 12 34 56', '+590590123456'],
  ])('typed as "%s" is %s', (typed, number) => {
    expect(parsePhone(typed)).toBe(number);
    expect(PhoneNumber.safeParse(number).success).toBe(true);
  });

  it.each([
    '',
    '06 12',
    '+33 6 12 34 56 78 90 12',
    'Appelez-moi',
    '112',
    '+999 123 456',
    '06 12 34 56 78 poste 12',
    'Tel: 06 12 34 56 78',
  ])('cannot be "%s"', (typed) => {
    expect(parsePhone(typed)).toBeUndefined();
  });

  it('stays as it is when it is read again', () => {
    expect(parsePhone('+33612345678')).toBe('+33612345678');
  });

  it('is shown as French people dial it, and others as from abroad', () => {
    expect(formatPhone('+33176494949')).toBe('01 76 49 49 49');
    expect(formatPhone('+3225551212')).toBe('+32 2 555 12 12');
    expect(formatPhone('not a number')).toBe('not a number');
  });
});
