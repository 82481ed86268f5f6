import { entitySchemas } from '#shared/domain/entities.ts';
import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { EntityRef, Context, Outcome, Read, Write } from '#shared/mutations/mutator.ts';
import { prepare } from '#shared/mutations/run.ts';
import type { StoredCall } from '#shared/mutations/run.ts';

/** Entities by `type:id`. Its values are frozen through and through: a mutator that changes what it read throws. */
export type World = ReadonlyMap<string, unknown>;

const keyOf = ({ type, id }: EntityRef): string => `${type}:${id}`;

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

export function worldOf(entries: { type: EntityType; id: string; value: unknown }[]): World {
  return new Map(entries.map((entry) => [keyOf(entry), frozen(entry.value)]));
}

export function valueOf<T extends EntityType>(world: World, type: T, id: string): EntityValue<T> | undefined {
  return world.get(keyOf({ type, id })) as EntityValue<T> | undefined;
}

export function entitiesOf<T extends EntityType>(world: World, type: T): [string, EntityValue<T>][] {
  return [...world]
    .filter(([key]) => key.startsWith(`${type}:`))
    .map(([key, value]) => [key.slice(type.length + 1), value as EntityValue<T>]);
}

/** Reads what a mutator declared, and throws at anything else. */
export function guarded(world: World, reads: EntityRef[]): Read {
  const declared = new Set(reads.map(keyOf));
  return (type, id) => {
    if (!declared.has(keyOf({ type, id }))) throw new Error(`reads ${type} ${id}, which it did not declare`);
    return valueOf(world, type, id);
  };
}

export function withWrites(world: World, writes: readonly Write[]): World {
  const next = new Map(world);
  for (const write of writes)
    if (write.op === 'put') next.set(keyOf(write), frozen(write.value));
    else next.delete(keyOf(write));
  return next;
}

export interface Ran {
  outcome: Outcome;
  /** The world afterwards: the one before when the change was refused. */
  world: World;
  reads: EntityRef[];
  /** What takes it back, worked out before. */
  inverse: StoredCall | undefined;
  seen: unknown;
}

/** Runs a change as the engine or the service would. Without a base of its own it has the one that `seen` makes in mode `accept`, and none otherwise. */
export function run(world: World, call: StoredCall, context: Omit<Context, 'base'>): Ran {
  const looked = prepare(call, context.accountId);
  if (!looked.ok) return { outcome: looked, world, reads: [], inverse: undefined, seen: undefined };
  const read = guarded(world, looked.prepared.reads);
  const seen = looked.prepared.seen(read);
  const inverse = looked.prepared.inverse(read);
  const based = call.base === undefined && context.mode === 'accept' ? { ...call, base: seen } : call;
  const prepared = prepare(based, context.accountId);
  if (!prepared.ok) throw new Error(`what ${call.name} sees is not a base: ${JSON.stringify(seen)}`);
  const outcome = prepared.prepared.run(read, context);
  return {
    outcome,
    world: outcome.ok ? withWrites(world, outcome.writes) : world,
    reads: prepared.prepared.reads,
    inverse,
    seen,
  };
}

/** Whether the schema takes the value, knows everything in it, and a store would give back the same. */
export function isExactly(type: EntityType, value: unknown): boolean {
  const parsed = entitySchemas[type].safeParse(JSON.parse(JSON.stringify(value)));
  return parsed.success && JSON.stringify(sorted(parsed.data)) === JSON.stringify(sorted(value));
}

/** With keys in order, for comparing; keys without a value stay visible, since a store would drop them. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === undefined) return '(undefined)';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/** The moment and the mode of the change number `step`. */
export const contextOf = (accountId: string, step: number, mode: Context['mode']): Omit<Context, 'base'> => ({
  id: `0192b1c4-7d3e-7a55-8c99-${String(step).padStart(12, '0')}`,
  at: new Date(Date.UTC(2026, 4, 5) + step * 1000).toISOString(),
  accountId,
  mode,
});

/** What a service that took these calls in this order would have. */
export function decided(start: World, accountId: string, calls: readonly StoredCall[], from = 0): World {
  return calls.reduce((world, call, step) => {
    const looked = prepare(call, accountId);
    if (!looked.ok) return world;
    const outcome = looked.prepared.run(
      guarded(world, looked.prepared.reads),
      contextOf(accountId, from + step, 'decide'),
    );
    return outcome.ok ? withWrites(world, outcome.writes) : world;
  }, start);
}
