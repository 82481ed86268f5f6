import { v5 } from 'uuid';
import { foldCompact } from '../../domain/fold.ts';
import type { Uuid } from '../../domain/ids.ts';

interface Part {
  reference: string;
  brand: string;
}

/**
 * The id of a basket's line, made from what it is: a part added on two devices becomes one line, however its reference was typed.
 * `turn` counts lines of the same part whose id is taken by one that was assigned to another vehicle since.
 */
export function lineIdOf(basketId: Uuid, part: Part, vehicleId?: Uuid, turn = 0): Uuid {
  const key = `${foldCompact(part.brand)}|${foldCompact(part.reference)}|${vehicleId ?? ''}`;
  return v5(turn === 0 ? key : `${key}|${turn}`, basketId);
}
