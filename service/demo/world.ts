import type { Address } from '#shared/domain/address.ts';
import type { Day } from './calendar.ts';
import type { Shelf } from './lines.ts';
import type { Numbers } from './numbers.ts';

/** All that an order of one account depends on. */
export interface World {
  seed: string;
  today: Day;
  /** Nothing is dated after this moment, the morning of today, so that nobody who looks at the demo today sees the future. */
  now: number;
  shelf: Shelf;
  numbers: Numbers;
  addresses: { home: Address; other: Address; otherShare: number };
}
