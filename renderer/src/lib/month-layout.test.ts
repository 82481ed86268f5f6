import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutMonths, rowAt, rowsInView, scrollToShow, topOfRow } from './month-layout.ts';

const sizes = { header: 30, row: 50 };
const month = (name: string, count: number) => ({ month: name, count, exclVat: 0, inclVat: 0 });
const layout = layoutMonths([month('2026-11', 3), month('2026-10', 1), month('2026-08', 4)], sizes);

const months = fc
  .array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 })
  .map((counts) => counts.map((count, i) => month(`2026-${i}`, count)));

describe('month layout', () => {
  it('has its full height before any row was read', () => {
    expect(layout.height).toBe(3 * 30 + 8 * 50);
    expect(layout.count).toBe(8);
    expect(layout.blocks.map(({ first, top }) => [first, top])).toEqual([
      [0, 0],
      [3, 180],
      [4, 260],
    ]);
  });

  it('finds rows below their month’s header', () => {
    expect(topOfRow(layout, 0)).toBe(30);
    expect(topOfRow(layout, 3)).toBe(210);
    expect(rowAt(layout, 0)).toBe(0);
    expect(rowAt(layout, 185)).toBe(3);
    expect(rowAt(layout, 1e9)).toBe(7);
  });

  it('finds every row again from its own place', () => {
    fc.assert(
      fc.property(months, fc.nat(), (list, pick) => {
        const any = layoutMonths(list, sizes);
        const index = pick % any.count;
        expect(rowAt(any, topOfRow(any, index))).toBe(index);
        expect(rowAt(any, topOfRow(any, index) + sizes.row - 1)).toBe(index);
      }),
    );
  });

  it('draws all that is in view and only little more, however long the list', () => {
    fc.assert(
      fc.property(months, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const any = layoutMonths(list, sizes);
        const scrollTop = share * Math.max(0, any.height - 600);
        const { from, to } = rowsInView(any, scrollTop, 600, 300);
        for (let index = 0; index < any.count; index += 1) {
          const top = topOfRow(any, index);
          if (top < scrollTop + 600 && top + sizes.row > scrollTop) {
            expect(index).toBeGreaterThanOrEqual(from);
            expect(index).toBeLessThan(to);
          }
        }
        expect(to - from).toBeLessThanOrEqual((600 + 2 * 300) / sizes.row + 3);
      }),
      { numRuns: 30 },
    );
  });

  it('scrolls no further than needed to show a row clear of the sticky header', () => {
    expect(scrollToShow(layout, 1, 0, 200)).toBe(0);
    expect(scrollToShow(layout, 3, 0, 200)).toBe(60);
    expect(scrollToShow(layout, 0, 300, 200)).toBe(0);
    expect(scrollToShow(layout, 3, 260, 200)).toBe(180);
  });

  it('survives an empty list', () => {
    const empty = layoutMonths([], sizes);
    expect(rowsInView(empty, 0, 600, 300)).toEqual({ from: 0, to: 0 });
    expect(rowAt(empty, 10)).toBe(0);
  });
});
