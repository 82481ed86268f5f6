import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, lineOrNothingOf, noteOf } from './text.ts';

const kept = (schema: ReturnType<typeof lineOf>, text: string): string | undefined =>
  schema.safeParse(text).data;

describe('text that people type', () => {
  it('is trimmed and composed, and counted after that', () => {
    expect(kept(lineOf(3), '  e\u0301te\u0301  ')).toBe('été');
    expect(kept(lineOf(2), 'été')).toBeUndefined();
  });

  it('of one line has no line ends; of several, only \\n and tabs', () => {
    expect(kept(lineOf(9), 'a\nb')).toBeUndefined();
    expect(kept(lineOf(9), 'a\tb')).toBeUndefined();
    expect(kept(noteOf(9), '\r\na\r\nb\rc\td\n')).toBe('a\nb\nc\td');
  });

  it('may be left empty only where that is said', () => {
    for (const empty of ['', '  ', '\u200d']) {
      expect(kept(lineOf(9), empty), JSON.stringify(empty)).toBeUndefined();
      expect(kept(noteOf(9), empty), JSON.stringify(empty)).toBeUndefined();
    }
    expect(kept(lineOrNothingOf(9), '  ')).toBe('');
  });

  it('stays as it is when it is read again', { timeout: 60_000 }, () => {
    const schemas = [lineOf(10), lineOrNothingOf(10), noteOf(10)];
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (typed) => {
        for (const schema of schemas) {
          const once = kept(schema, typed);
          if (once !== undefined) expect(kept(schema, once)).toBe(once);
        }
      }),
    );
  });
});
