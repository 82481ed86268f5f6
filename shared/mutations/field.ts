import type { Context, Outcome } from './mutator.ts';
import { refuse } from './mutator.ts';
import { same } from './same.ts';

/**
 * The rule of profile, vehicle and order fields: a value that is no longer the one that the person saw is not overwritten, they decide. No
 * conflict when it has become what they want anyway, when nobody knows what they saw, or while a device replays what waits.
 * `present` is null for a field without a value.
 */
export function fieldConflict(
  { mode, base }: Pick<Context, 'mode' | 'base'>,
  present: unknown,
  wished: unknown,
): Extract<Outcome, { ok: false }> | undefined {
  if (mode === 'replay' || base === undefined || same(base, present) || same(present, wished))
    return undefined;
  return refuse('conflict', present === null ? {} : { present });
}

/** A copy with the field set, or without the field for null. */
export function withField<T extends object, K extends keyof T>(
  value: T,
  key: K,
  wished: T[K] | null | undefined,
): T {
  if (wished !== null && wished !== undefined) return { ...value, [key]: wished };
  const { [key]: _removed, ...rest } = value;
  return rest as T;
}
