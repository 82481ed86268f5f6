import { describe, expect, it } from 'vitest';
import { isFrenchPlate, shapePlate } from './plate-form.ts';

/** What stands in the field after each key. */
function typed(keys: string): string {
  return [...keys].reduce((text, key) => shapePlate(text + key), '');
}

describe('plate that is being typed', () => {
  it('takes its usual form as soon as it is whole', () => {
    expect(typed('ab123c')).toBe('AB123C');
    expect(typed('ab123cd')).toBe('AB-123-CD');
    expect(typed('1234ab56')).toBe('1234 AB 56');
  });

  it('leaves plates of other countries as they are typed, in capitals', () => {
    expect(typed('b-ms 1234')).toBe('B-MS 1234');
    expect(typed('wx70 abc')).toBe('WX70 ABC');
  });

  it('lets signs be taken back one by one', () => {
    expect(shapePlate('AB-123-C')).toBe('AB-123-C');
    expect(shapePlate('AB-123-')).toBe('AB-123-');
  });
});

it('French plates are known by their form', () => {
  expect(['AB-123-CD', '1234 AB 56', '12 ABC 2A', '5 A 971'].every(isFrenchPlate)).toBe(true);
  expect(['B-MS 1234', 'WX70 ABC', 'AB 123 CD'].some(isFrenchPlate)).toBe(false);
});
