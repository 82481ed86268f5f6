import type { OrderStatus } from '#shared/domain/order-status.ts';
import { isPeriod, type Period } from '#lib/period.ts';

/** What the orders screen keeps between two starts. */
export type Kept = {
  vehicle?: string;
  statuses: readonly OrderStatus[];
  period: Period;
  depositToReturn: boolean;
  scrollTop: number;
  active?: string;
};

const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string';

export function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const kept = value as Record<string, unknown>;
  return (
    isOptionalText(kept['vehicle']) &&
    isOptionalText(kept['active']) &&
    Array.isArray(kept['statuses']) &&
    kept['statuses'].every((status) => typeof status === 'string') &&
    isPeriod(kept['period']) &&
    typeof kept['depositToReturn'] === 'boolean' &&
    typeof kept['scrollTop'] === 'number'
  );
}
