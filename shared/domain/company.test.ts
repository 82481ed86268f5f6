import { describe, expect, it } from 'vitest';
import { frenchVatNumber, passesLuhn } from './company-numbers.ts';
import { companyAgrees, FrenchVatNumber, Siren, TypedCompany } from './company.ts';

// 732 829 320 is the example number of INSEE's own documentation.
describe('company numbers', () => {
  it('checks a SIREN by its Luhn sum', () => {
    expect(Siren.safeParse('732829320').success).toBe(true);
    for (const wrong of ['732829321', '73282932', '7328293200', 'abcdefghi', ''])
      expect(Siren.safeParse(wrong).success, wrong).toBe(false);
  });

  it('finds every mistyped digit', () => {
    for (let place = 0; place < 9; place += 1)
      for (let digit = 0; digit < 10; digit += 1) {
        const typed = `${'732829320'.slice(0, place)}${digit}${'732829320'.slice(place + 1)}`;
        expect(passesLuhn(typed)).toBe(typed === '732829320');
      }
  });

  it('derives and checks the VAT key', () => {
    expect(frenchVatNumber('732829320')).toBe('FR44732829320');
    expect(FrenchVatNumber.safeParse('FR44732829320').success).toBe(true);
    expect(FrenchVatNumber.safeParse('FR45732829320').success).toBe(false);
  });

  it('takes numbers as they are printed, and only those of one company', () => {
    const typed = { name: ' Garage  ', siren: '732 829 320', vatNumber: 'fr 44.732.829.320' };
    expect(TypedCompany.parse(typed)).toEqual({
      name: 'Garage',
      siren: '732829320',
      vatNumber: 'FR44732829320',
    });
    const other = TypedCompany.safeParse({ ...typed, siren: '552 100 554' });
    expect(other.error?.issues.map(({ path }) => path)).toEqual([['vatNumber']]);
    expect(companyAgrees({ siren: '552100554', vatNumber: frenchVatNumber('552100554') })).toBe(true);
    expect(companyAgrees({ siren: '552100554', vatNumber: 'FR44732829320' })).toBe(false);
  });
});
