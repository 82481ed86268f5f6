/** A broken invariant, by its number in the design of the sync ("Invariants"); 0 for anything else that must not happen. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: number;

  constructor(invariant: number, what: string) {
    super(`invariant ${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

export const INVARIANTS: Readonly<Record<number, string>> = {
  0: 'nothing unexpected',
  1: 'no lost write',
  2: 'no double write',
  3: 'convergence',
  4: 'own writes stay visible',
  5: 'atomic pages',
  6: 'monotone reads',
  7: 'isolation',
  8: 'bounded',
};

export function demand(
  condition: boolean,
  invariant: number,
  what: string | (() => string),
): asserts condition {
  if (!condition) throw new Violation(invariant, typeof what === 'string' ? what : what());
}
