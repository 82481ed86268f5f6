import { m } from '#shared/i18n/generated/messages.js';
import { MOST_QUANTITY } from '#shared/domain/basket-limits.ts';
import * as format from '#lib/format.ts';
import type { QuantityProblem } from './quantity.ts';

/** What is wrong with a quantity, and what would be right. */
export const quantityWords: Record<QuantityProblem, () => string> = {
  empty: m.baskets_quantity_empty,
  not_a_number: m.baskets_quantity_not_a_number,
  not_whole: m.baskets_quantity_not_whole,
  negative: m.baskets_quantity_negative,
  zero: m.baskets_quantity_zero,
  too_many: () => m.baskets_quantity_too_many({ most: format.count(MOST_QUANTITY) }),
};
