import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { keepEdited } from './edit.ts';
import { linesWithout, targetOf } from './lines.ts';
import { mergedLines } from './merge.ts';

/**
 * Takes a merging back: the basket that was set aside stands again, and what it brought leaves the other one, quantity by quantity,
 * so that what was added there since stays.
 */
export const unmergeBaskets = mutator({
  name: 'basket.unmerge',
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
    if (!source) return refuse('not_found', { field: 'from' });
    if (!target) return refuse('not_found', { field: 'into' });
    if (source.deletedAt === undefined) return writes();
    const byId = new Map(target.lines.map((line) => [line.id, line]));
    const brought = mergedLines(source, target).map((line) => ({
      lineId: targetOf(into, line, (id) => byId.get(id)),
      quantity: line.quantity,
    }));
    const lines = linesWithout(target.lines, brought);
    const kept = keepEdited(into, target, { ...target, lines }, context);
    if (!kept.ok) return kept;
    const back = withField(
      { ...source, changedAt: context.at, edits: source.edits + 1 },
      'deletedAt',
      undefined,
    );
    return writes({ op: 'put', type: 'basket', id: from, value: back }, ...kept.writes);
  },
  inverse: (read, args) =>
    read('basket', args.from)?.deletedAt === undefined
      ? { name: 'noop', args: {} }
      : { name: 'basket.merge', args },
});
