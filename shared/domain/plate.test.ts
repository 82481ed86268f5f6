import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_PLATE, normalisePlate } from './plate.ts';

describe('a plate', () => {
  it.each([
    ['ab123cd', 'AB-123-CD'],
    ['AB-123-CD', 'AB-123-CD'],
    [' aB 123.cd ', 'AB-123-CD'],
    ['ＡＢ－１２３－ＣＤ', 'AB-123-CD'],
    ['ab–123–cd', 'AB-123-CD'],
    ['1234ab56', '1234 AB 56'],
    ['1234-AB-56', '1234 AB 56'],
    ['12 abc 2a', '12 ABC 2A'],
    ['7 xy 974', '7 XY 974'],
    ['123a01', '123 A 01'],
  ])('typed as "%s" is %s', (typed, plate) => {
    expect(normalisePlate(typed)).toBe(plate);
  });

  it.each([
    ['b-mw 1234', 'B-MW 1234'], // Germany
    ['1-abc-234', '1-ABC-234'], // Belgium
    ['ge  12345', 'GE 12345'], // Geneva
    ['ab12 cde', 'AB12 CDE'], // Great Britain
    ['AI-123-BC', 'AI-123-BC'], // a letter that French plates do not have
    ['1234 AB 00', '1234 AB 00'], // no such department
    ['0123 AB 56', '0123 AB 56'],
    ['кр 1234', 'КР 1234'],
  ])('of elsewhere, "%s", only becomes upper case: %s', (typed, plate) => {
    expect(normalisePlate(typed)).toBe(plate);
  });

  it('needs a letter or a digit, and at most 16 signs', () => {
    for (const typed of ['', '   ', '--', '·', 'A'.repeat(17)])
      expect(normalisePlate(typed), typed).toBeUndefined();
    expect(normalisePlate('A'.repeat(16))).toBe('A'.repeat(16));
    expect(normalisePlate('a b 1 2 3 - - c d')).toBe('AB-123-CD');
  });

  it('stays as it is when it is read again, and is never longer than is kept', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (typed) => {
        const plate = normalisePlate(typed);
        if (plate === undefined) return;
        expect(normalisePlate(plate)).toBe(plate);
        expect(plate.length).toBeLessThanOrEqual(LONGEST_PLATE);
      }),
      { examples: [['\u1fd2']] },
    );
  });
});
