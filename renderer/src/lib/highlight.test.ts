import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

const marked = (text: string, query: string): string =>
  highlight(text, query)
    .map((piece) => (piece.match ? `[${piece.text}]` : piece.text))
    .join('');

describe('highlight', () => {
  it('marks without regard to accents, case and separators', () => {
    expect(marked('Étrier avant', 'etri')).toBe('[Étri]er avant');
    expect(marked('AB-123-CD', 'ab12')).toBe('[AB-12]3-CD');
    expect(marked('BOSCH 0 986 494 660', '0986494')).toBe('BOSCH [0 986 494] 660');
  });

  it('marks every word of a query, each time it occurs', () => {
    expect(marked('Frein avant, frein arrière', 'frein arr')).toBe('[Frein] avant, [frein arr]ière');
  });

  it('marks nothing for nothing', () => {
    expect(marked('Batterie', ' ')).toBe('Batterie');
    expect(marked('', 'a')).toBe('');
  });

  it('never changes the text itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, query) => {
        expect(
          highlight(text, query)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
