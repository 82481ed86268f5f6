import { v5 } from 'uuid';
import type { Basket, BasketLine } from '../../domain/basket.ts';
import type { Uuid } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { withField } from '../field.ts';
import type { Context, Outcome, Write } from '../mutator.ts';
import { writes } from '../mutator.ts';
import { same } from '../same.ts';
import { partOf } from './lines.ts';

/** What a notice says besides the basket and the moment. */
export type News = Pick<Notice, 'kind' | 'kept' | 'lost'> & { line?: BasketLine };

/**
 * Writes a basket that somebody worked on. Work on a basket that was deleted elsewhere brings it back: it is never lost silently.
 */
export function keepEdited(id: Uuid, before: Basket, after: Basket, context: Context, news?: News): Outcome {
  const value = withField(
    { ...after, changedAt: context.at, edits: before.edits + 1 },
    'deletedAt',
    undefined,
  );
  const all: News[] = [
    ...(before.deletedAt === undefined ? [] : [{ kind: 'basket_restored' as const }]),
    ...(news ? [news] : []),
  ];
  return writes({ op: 'put', type: 'basket', id, value }, ...notices(id, value, all, context));
}

/** Notices are made where it is decided, once: other devices get them with the feed. */
export function notices(basketId: Uuid, basket: Basket, all: News[], context: Context): Write[] {
  if (context.mode !== 'decide') return [];
  return all.map(({ kind, kept, lost, line }, index) => ({
    op: 'put',
    type: 'notice',
    id: v5(index === 0 ? 'notice' : `notice:${index}`, context.id),
    value: {
      kind,
      at: context.at,
      basketId,
      basketName: basket.name,
      ...(line ? { line: { id: line.id, ...partOf(line) } } : {}),
      ...(kept === undefined ? {} : { kept }),
      ...(lost === undefined ? {} : { lost }),
    },
  }));
}

/** Whether a value that the person did not see is about to be replaced by another one. */
export function overrules({ base }: Pick<Context, 'base'>, present: unknown, wished: unknown): boolean {
  return base !== undefined && !same(base, present) && !same(present, wished);
}
