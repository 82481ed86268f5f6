import { describe, expect, it } from 'vitest';
import { normaliseVin, vinWarning } from './vin.ts';

describe('a VIN', () => {
  it('is kept in capitals without separators', () => {
    expect(normaliseVin(' vf1 br0a0h-5123 4567 ')).toBe('VF1BR0A0H51234567');
  });

  it('has 17 signs and never I, O or Q', () => {
    for (const typed of [
      'VF1BR0A0H5123456',
      'VF1BR0A0H512345678',
      'VF1BRIA0H51234567',
      'VF1BROA0H51234567',
      'VF1BRQA0H51234567',
      'VF1BR0A0H5123456é',
      '',
    ])
      expect(normaliseVin(typed), typed).toBeUndefined();
  });
});

describe('the check digit', () => {
  // The examples of 49 CFR 565 as they are cited everywhere, and the two numbers that are their own proof.
  it.each(['1M8GDM9AXKP042788', '11111111111111111', '5YJSA1DG9DFP14705', 'LJCPCBLCX11000237'])(
    'of %s is right',
    (vin) => {
      expect(vinWarning(vin)).toBeUndefined();
    },
  );

  it('finds every mistyped sign of a North American or Chinese number', () => {
    for (const vin of ['1M8GDM9AXKP042788', 'LJCPCBLCX11000237'])
      for (let place = 1; place < 17; place += 1) {
        const digit = vin.charAt(place) === '0' ? '2' : '0';
        // A and 1, B and 2, … count alike: no check digit tells them apart. 0 counts like no letter.
        const typed = `${vin.slice(0, place)}${digit}${vin.slice(place + 1)}`;
        expect(vinWarning(typed), typed).toBe('check_digit');
      }
  });

  it('is not looked for where makers do not use it', () => {
    for (const vin of [
      'VF1BR0A0H51234567',
      'WVWZZZ1KZ6W000001',
      'ZFA22300005556777',
      'SALLAAA146A396339',
      'JTDBT923771012345',
    ])
      expect(vinWarning(vin), vin).toBeUndefined();
  });

  it('says nothing about what is not a VIN at all', () => {
    expect(vinWarning('1M8GDM9AXKP04278')).toBeUndefined();
  });
});
