import { z } from 'zod';
import type { Basket } from '../../domain/basket.ts';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { keepEdited } from './edit.ts';
import type { AddedLine } from './typed.ts';
import { asAdded, linesWith } from './lines.ts';

/**
 * Adds the lines of one basket to another and sets the first aside. Merged on two devices the lines count once: where it is decided,
 * a basket that is set aside already is not merged again.
 */
export const mergeBaskets = mutator({
  name: 'basket.merge',
  args: z.strictObject({ from: Uuid, into: Uuid }),
  reads: ({ from, into }) => [
    { type: 'basket', id: from },
    { type: 'basket', id: into },
  ],
  subject: ({ into }) => ({ type: 'basket', id: into }),
  marks: () => ['lines'],
  run: (read, { from, into }, context) => {
    if (from === into) return refuse('invalid', { field: 'into' });
    const source = read('basket', from);
    const target = read('basket', into);
    if (!source || (source.deletedAt !== undefined && context.mode !== 'replay'))
      return refuse('not_found', { field: 'from' });
    if (!target) return refuse('not_found', { field: 'into' });
    const lines = linesWith(into, target.lines, mergedLines(source, target));
    if (!lines) return refuse('too_many');
    const kept = keepEdited(into, target, { ...target, lines }, context);
    if (!kept.ok) return kept;
    const { at } = context;
    const aside = { ...source, deletedAt: at, changedAt: at, edits: source.edits + 1 };
    return writes({ op: 'put', type: 'basket', id: from, value: aside }, ...kept.writes);
  },
  inverse: (_read, args) => ({ name: 'basket.unmerge', args }),
});

/** The lines of one basket as another names them: for the vehicle that they were for. */
export function mergedLines(source: Basket, target: Basket): AddedLine[] {
  return source.lines.map((line) => {
    const { vehicleId: _own, ...added } = asAdded(line);
    const vehicleId = line.vehicleId ?? source.vehicleId;
    return vehicleId === undefined || vehicleId === target.vehicleId ? added : { ...added, vehicleId };
  });
}
