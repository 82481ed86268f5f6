import { describe, expect, it } from 'vitest';

import { parseTestOptions } from './options.ts';

describe('parseTestOptions', () => {
  it('runs everything by default', () => {
    expect(parseTestOptions([])).toEqual({ parts: ['static', 'unit', 'e2e', 'packaged'], rest: [] });
  });

  it('takes the parts that are named', () => {
    expect(parseTestOptions(['static', 'unit'])).toEqual({ parts: ['static', 'unit'], rest: [] });
  });

  it('hands the rest on to the one runner that is named', () => {
    expect(parseTestOptions(['e2e', 'start.spec', '--grep', 'quits'])).toEqual({
      parts: ['e2e'],
      rest: ['start.spec', '--grep', 'quits'],
    });
    expect(parseTestOptions(['unit', '--', '-t', 'money']).rest).toEqual(['-t', 'money']);
  });

  it('refuses what nobody would understand', () => {
    expect(() => parseTestOptions(['untit'])).toThrow('Not understood: untit');
    expect(() => parseTestOptions(['static', 'foo'])).toThrow('Not understood');
  });
});
