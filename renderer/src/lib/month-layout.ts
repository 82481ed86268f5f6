import type { MonthTotal } from '#shared/ipc/orders.ts';

/** What a layout needs to know of a month. */
export type MonthCount = Pick<MonthTotal, 'month' | 'count'>;

/** Heights in pixels. */
export type RowSizes = { header: number; row: number };

export type MonthBlock<Month extends MonthCount = MonthTotal> = Month & {
  /** Index in the whole list of the month's first row. */
  first: number;
  top: number;
  height: number;
};

export type MonthLayout<Month extends MonthCount = MonthTotal> = {
  blocks: MonthBlock<Month>[];
  sizes: RowSizes;
  count: number;
  height: number;
};

/**
 * Where each month of a list stands, from its counts alone: the list has its full height and exact positions before any
 * of its rows was read, so that nothing jumps when they arrive.
 */
export function layoutMonths<Month extends MonthCount>(
  months: readonly Month[],
  sizes: RowSizes,
): MonthLayout<Month> {
  let top = 0;
  let first = 0;
  const blocks = months.map((month) => {
    const height = sizes.header + month.count * sizes.row;
    const block = { ...month, first, top, height };
    top += height;
    first += month.count;
    return block;
  });
  return { blocks, sizes, count: first, height: top };
}

/** The last block for which `starts` holds; blocks are in order. */
function lastBlock<Month extends MonthCount>(
  layout: MonthLayout<Month>,
  starts: (block: MonthBlock<Month>) => boolean,
): MonthBlock<Month> | undefined {
  let low = 0;
  let high = layout.blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = layout.blocks[middle];
    if (block && starts(block)) low = middle + 1;
    else high = middle;
  }
  return layout.blocks[low - 1];
}

/** A list without months: all of its rows under one header of no height. */
export const oneBlock = (count: number): MonthCount[] => (count === 0 ? [] : [{ month: 'all', count }]);

/** The row at a height, or the next one when a month's header is there. */
export function rowAt(layout: MonthLayout<MonthCount>, y: number): number {
  const block = lastBlock(layout, (candidate) => candidate.top <= y);
  if (!block) return 0;
  const inside = Math.floor((y - block.top - layout.sizes.header) / layout.sizes.row);
  return Math.min(block.first + Math.max(0, inside), Math.max(0, layout.count - 1));
}

export function topOfRow(layout: MonthLayout<MonthCount>, index: number): number {
  const block = lastBlock(layout, (candidate) => candidate.first <= index);
  if (!block) return 0;
  return block.top + layout.sizes.header + (index - block.first) * layout.sizes.row;
}

/** Rows to draw for a view, `overscan` pixels beyond its edges included; `to` is exclusive. */
export function rowsInView(
  layout: MonthLayout<MonthCount>,
  scrollTop: number,
  height: number,
  overscan: number,
): { from: number; to: number } {
  if (layout.count === 0) return { from: 0, to: 0 };
  return {
    from: rowAt(layout, Math.max(0, scrollTop - overscan)),
    to: rowAt(layout, scrollTop + height + overscan) + 1,
  };
}

/** Where to scroll so that a row is in full view below the sticky header; the present place when it already is. */
export function scrollToShow(
  layout: MonthLayout<MonthCount>,
  index: number,
  scrollTop: number,
  height: number,
): number {
  const top = topOfRow(layout, index);
  if (top - layout.sizes.header < scrollTop) return Math.max(0, top - layout.sizes.header);
  const bottom = top + layout.sizes.row;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}
