import { describe, expect, it } from 'vitest';
import { fold, foldCompact } from './fold.ts';

describe('fold', () => {
  it('ignores case and accents, composed or not', () => {
    expect(fold('Étrier')).toBe('etrier');
    expect(fold('E\u0301TRIER')).toBe('etrier');
    expect(fold('Lemförder Nœud')).toBe('lemforder noeud');
  });

  it('ignores how plates and references are spaced', () => {
    for (const typed of ['AB-123-CD', 'ab 123 cd', 'Ab123cD', 'AB\u00a0123\u00a0CD'])
      expect(foldCompact(typed)).toBe('ab123cd');
    expect(foldCompact('0 986 494 660')).toBe('0986494660');
    expect(foldCompact('09.9464.21')).toBe('09946421');
    expect(foldCompact('W 712/95')).toBe('w71295');
  });
});
