import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { AccountKind } from '../domain/profile.ts';

/** Changes of which this computer alone knows: not confirmed yet, and refused ones that nobody has decided about. */
export const OnlyHere = z.object({ waiting: z.int(), refused: z.int() });
export type OnlyHere = z.infer<typeof OnlyHere>;

/** An account of this computer, as the switcher shows it. */
export const KnownAccount = z.object({
  id: Uuid,
  kind: AccountKind,
  email: z.string(),
  displayName: z.string(),
  serviceUrl: z.string(),
  /** The one that is shown. */
  current: z.boolean(),
  /** Absent when it cannot be read at this moment. */
  onlyHere: OnlyHere.optional(),
});
export type KnownAccount = z.infer<typeof KnownAccount>;

export const AccountsHere = z.object({
  /** In the order in which they came. */
  accounts: z.array(KnownAccount),
  /** Of accounts that were signed out with changes kept for their next sign-in. */
  leftBehind: OnlyHere,
  /** So many more that nothing opens before somebody signs in to them; what waits in them is not known. */
  shut: z.int().min(0),
});
export type AccountsHere = z.infer<typeof AccountsHere>;

/** What becomes of changes that wait or were refused: they are sent first, kept for the next sign-in, or given up. */
export const Unsent = z.enum(['send', 'keep', 'discard']);
export type Unsent = z.infer<typeof Unsent>;
