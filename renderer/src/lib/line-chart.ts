type Point = { x: number; y: number };
export type Placed<P extends Point> = P & { left: number; top: number };
export type Labelled<P extends Point> = Placed<P> & {
  anchor: 'start' | 'middle' | 'end';
  /** Below the point, where the line rises from it. */
  below: boolean;
};

/** Pixels kept free above the highest point and below the lowest for their labels and the axis, and at both sides for the dots. */
const ABOVE = 20;
const BELOW = 42;
const BESIDE = 5;
/** No label is wider. */
export const LABEL_WIDTH = 84;

/** Where points stand in a chart of so many pixels; points of one value stand in the middle. */
export function placed<P extends Point>(points: readonly P[], width: number, height: number): Placed<P>[] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const across = Math.max(0, width - 2 * BESIDE);
  const down = height - ABOVE - BELOW;
  return points.map((point) => ({
    ...point,
    left: BESIDE + (right === left ? across / 2 : ((point.x - left) / (right - left)) * across),
    top: ABOVE + (high === low ? down / 2 : ((high - point.y) / (high - low)) * down),
  }));
}

/** The points whose value is written beside them: the newest, the oldest, and those between as far as there is room. */
export function labelled<P extends Point>(points: readonly Placed<P>[]): Labelled<P>[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const chosen: Labelled<P>[] = [{ ...last, anchor: first === last ? 'middle' : 'end', below: false }];
  if (first !== last && last.left - first.left >= 2 * LABEL_WIDTH) {
    const rises = (points[1]?.top ?? 0) < first.top;
    chosen.push({ ...first, anchor: 'start', below: rises });
  }
  // Labels reach back from their point, over the line that rises to it; that of the first reaches forward.
  let free = first.left + LABEL_WIDTH;
  for (const point of points.slice(1, -1)) {
    if (point.left - LABEL_WIDTH < free || point.left > last.left - LABEL_WIDTH) continue;
    chosen.push({ ...point, anchor: 'end', below: false });
    free = point.left;
  }
  return chosen.sort((a, b) => a.x - b.x);
}
