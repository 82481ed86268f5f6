/** What the bars of a chart are stacked from, the largest first; 'rest' is everything that has no name of its own. */
export type Series = { id: string; plate?: string; label?: string };

/** A month of a chart, in cents. */
export type Bar = { month: string; total: number; parts: { id: string; cents: number }[] };
