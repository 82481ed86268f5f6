import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { runsOf } from './fonts.ts';
import { unpackWoff } from './woff.ts';

const file = createRequire(import.meta.url).resolve('@fontsource/inter/files/inter-latin-400-normal.woff');

describe('the fonts of invoices', () => {
  it('unpacks to the font that fontkit reads from the packed file', () => {
    const packed = readFileSync(file);
    const plain = unpackWoff(packed);
    expect(plain.readUInt32BE(0)).toBe(0x00010000);
    const [a, b] = [create(plain), create(packed)];
    if (!('createSubset' in a) || !('createSubset' in b)) throw new Error('a collection');
    expect(a.numGlyphs).toBe(b.numGlyphs);
    expect(a.postscriptName).toBe('Inter-Regular');
    for (const text of ['Été 1 234,56 €', 'œuvre Ø 283 mm'])
      expect(a.layout(text).advanceWidth).toBe(b.layout(text).advanceWidth);
  });

  it('refuses another format', () => {
    expect(() => unpackWoff(Buffer.alloc(64))).toThrow(TypeError);
  });

  it('has all that French needs in its first cut', () => {
    const french = 'àâæçéèêëîïôœùûüÿ ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ €°²«»–—’… Ø−\u00a0\u2009 0123456789';
    expect(runsOf(french, 400)).toEqual([{ font: 'latin-400', text: french }]);
  });

  it('takes other cuts for other letters, and a question mark where there are none', () => {
    expect(runsOf('Łódź Μόσχα', 600).map((run) => run.font)).toContain('latin-ext-600');
    expect(runsOf('Μ', 400)).toEqual([{ font: 'greek-400', text: 'Μ' }]);
    expect(runsOf('a超b', 400)).toEqual([{ font: 'latin-400', text: 'a?b' }]);
    expect(runsOf('1\u202f234', 400)).toEqual([{ font: 'latin-400', text: '1\u2009234' }]);
  });
});
