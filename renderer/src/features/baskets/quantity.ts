import { MOST_QUANTITY } from '#shared/domain/basket-limits.ts';

export type QuantityProblem = 'empty' | 'not_a_number' | 'not_whole' | 'negative' | 'zero' | 'too_many';
export type Quantity = { ok: true; value: number } | { ok: false; problem: QuantityProblem };

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/i;

/** A quantity as people type it: "12", "1 000", "2,0"; anything else says what is wrong with it. */
export function parseQuantity(text: string): Quantity {
  const typed = text.replace(/\s/g, '').replace('−', '-');
  if (typed === '') return { ok: false, problem: 'empty' };
  if (!NUMBER.test(typed)) return { ok: false, problem: 'not_a_number' };
  const value = Number(typed.replace(',', '.'));
  if (value < 0) return { ok: false, problem: 'negative' };
  if (value > MOST_QUANTITY) return { ok: false, problem: 'too_many' };
  if (!Number.isInteger(value)) return { ok: false, problem: 'not_whole' };
  if (value === 0) return { ok: false, problem: 'zero' };
  return { ok: true, value };
}

/** The quantity one step away from what is typed; from what is not a quantity, the nearest one. */
export function stepped(text: string, by: 1 | -1, before: number): number {
  const quantity = parseQuantity(text);
  const from = quantity.ok ? quantity.value : before;
  return Math.min(MOST_QUANTITY, Math.max(1, from + by));
}
