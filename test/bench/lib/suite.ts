import type { BenchContext } from './context.ts';
import type { Figure } from './figure.ts';
import type { Sample } from './stats.ts';

/** Figures that one alternating run measures together. */
export interface Suite {
  name: string;
  figures: readonly Figure[];
  /** Why it cannot be measured on this machine; undefined when it can. */
  unavailable?: () => string | undefined;
  measure: (context: BenchContext) => Promise<Map<string, Sample>>;
}
