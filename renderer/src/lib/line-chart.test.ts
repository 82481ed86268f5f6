import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_WIDTH, labelled, placed } from './line-chart.ts';

const points = fc
  .uniqueArray(fc.record({ x: fc.integer({ min: 0, max: 1e12 }), y: fc.integer({ min: 0, max: 5e6 }) }), {
    minLength: 1,
    maxLength: 60,
    selector: ({ x }) => x,
  })
  .map((list) => list.sort((a, b) => a.x - b.x));

describe('line chart', () => {
  it('keeps every point inside, the later further right and the higher further up', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 100, max: 900 }), (list, width) => {
        const shown = placed(list, width, 120);
        for (const [i, point] of shown.entries()) {
          expect(point.left).toBeGreaterThanOrEqual(0);
          expect(point.left).toBeLessThanOrEqual(width);
          expect(point.top).toBeGreaterThanOrEqual(0);
          expect(point.top).toBeLessThanOrEqual(120);
          const before = shown[i - 1];
          if (!before) continue;
          expect(point.left).toBeGreaterThanOrEqual(before.left);
          expect(Math.sign(before.top - point.top)).toBe(Math.sign(point.y - before.y));
        }
      }),
    );
  });

  it('writes the newest value always, and no two values over each other', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 100, max: 900 }), (list, width) => {
        const words = labelled(placed(list, width, 120));
        expect(words.at(-1)?.x).toBe(list.at(-1)?.x);
        const starts = words.map(({ left, anchor }) =>
          anchor === 'start' ? left : anchor === 'end' ? left - LABEL_WIDTH : left - LABEL_WIDTH / 2,
        );
        for (const [i, start] of starts.entries()) {
          if (i > 0) expect(start - (starts[i - 1] ?? 0)).toBeGreaterThanOrEqual(LABEL_WIDTH);
        }
      }),
    );
  });
});
