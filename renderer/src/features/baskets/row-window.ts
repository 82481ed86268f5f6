/** Which of many rows of one height are in view, with some beyond the edges; `to` is exclusive. */
export function rowsInWindow(
  count: number,
  rowHeight: number,
  /** How far the top of the rows is above the top of the view; negative while it is below. */
  scrolled: number,
  viewHeight: number,
  overscan: number,
): { from: number; to: number } {
  const from = Math.floor((scrolled - overscan) / rowHeight);
  const to = Math.ceil((scrolled + viewHeight + overscan) / rowHeight);
  const within = (index: number): number => Math.min(count, Math.max(0, index));
  return { from: within(from), to: within(to) };
}
