import type { z } from 'zod';
import type { EntityType, EntityValue } from '../domain/entities.ts';
import type { Uuid } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

export interface EntityRef {
  type: EntityType;
  id: Uuid;
}

/** The entities that a mutator said it needs, as they are before it; undefined for one that does not exist. */
export type Read = <T extends EntityType>(type: T, id: Uuid) => EntityValue<T> | undefined;

export type Write =
  | { [T in EntityType]: { op: 'put'; type: T; id: Uuid; value: EntityValue<T> } }[EntityType]
  | { op: 'del'; type: EntityType; id: Uuid };

/** Why a change cannot be made; the window has words for each. */
export type RefusalKind =
  | 'conflict' // the value is no longer the one that the person saw: `present` is what it is now
  | 'not_found' // what it changes does not exist (any more)
  | 'duplicate' // it exists already
  | 'invalid' // `field` names what is wrong
  | 'too_many' // a list or a quantity would become larger than is allowed
  | 'unknown_mutation' // the other side is older and does not know this change
  | 'too_large'; // more than one request may carry

export interface Refusal {
  kind: RefusalKind;
  /** Path in the arguments, for `invalid`. */
  field?: string;
  /** The value that stands, for `conflict`. */
  present?: unknown;
}

export interface Context<Base = unknown> {
  /** The mutation's own id: what it makes besides what its arguments name gets ids derived from it. */
  id: Uuid;
  /** When the person did it, by their device's clock: shown to people, never compared. */
  at: Instant;
  /** The account; its profile has the same id. */
  accountId: Uuid;
  /** The value that the person saw. */
  base: Base | undefined;
  /**
   * `accept`: a person does it now, on this device. `decide`: the service does it for good. `replay`: a device shows again
   * what waits to be sent, on top of something newer. A replay never meets a conflict, whatever changed underneath: what a person
   * did stays on their screen until the service has answered.
   */
  mode: 'accept' | 'replay' | 'decide';
}

export type Outcome = { ok: true; writes: Write[] } | { ok: false; refusal: Refusal };

/**
 * One way to change an account, run by the engine to show the result at once and by the service to decide. Pure: no clock, no randomness, no
 * I/O, and nothing is read but what `reads` names.
 */
export interface Mutator<Name extends string, Args extends z.ZodType, Base extends z.ZodType> {
  name: Name;
  args: Args;
  /** What the value that the person saw looks like; undefined for changes that cannot conflict. */
  base?: Base;
  /** Everything that it reads or writes, whatever its outcome, save entities that it makes with derived ids. */
  reads(args: z.output<Args>, context: Pick<Context, 'accountId'>): EntityRef[];
  /** The entity that people would say it changes. */
  subject(args: z.output<Args>, context: Pick<Context, 'accountId'>): EntityRef;
  /** The parts of the subject that it changes, so that a screen can mark just those: a field's name, or `line:<id>` and the like. */
  marks?(args: z.output<Args>): string[];
  /** What the person sees now, when they did not say what they saw. */
  seen?(read: Read, args: z.output<Args>, context: Pick<Context, 'accountId'>): z.output<Base> | undefined;
  run(read: Read, args: z.output<Args>, context: Context<z.output<Base>>): Outcome;
  /**
   * The change that takes this one back, worked out before it is made; undefined when nothing can. Its base is what this one makes of
   * the value: whoever takes theirs back does not overwrite what somebody else has made of it since.
   */
  inverse?(
    read: Read,
    args: z.output<Args>,
    context: Pick<Context, 'accountId'>,
  ): { name: string; args: unknown; base?: unknown } | undefined;
}

/** Keeps the types of a mutator's arguments and base through to its own functions. */
export function mutator<Name extends string, Args extends z.ZodType, Base extends z.ZodType = z.ZodUndefined>(
  definition: Mutator<Name, Args, Base>,
): Mutator<Name, Args, Base> {
  return definition;
}

export const writes = (...list: Write[]): Outcome => ({ ok: true, writes: list });
export const refuse = (
  kind: RefusalKind,
  extra: Omit<Refusal, 'kind'> = {},
): Extract<Outcome, { ok: false }> => ({
  ok: false,
  refusal: { kind, ...extra },
});
