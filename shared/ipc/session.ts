import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { AccountKind } from '../domain/profile.ts';

export const SessionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed_out'), serviceUrl: z.string() }),
  /** Which accounts there are is not told before the code was given. */
  z.object({ state: z.literal('locked'), serviceUrl: z.string() }),
  z.object({
    /** `expired`: everything is readable, but the service asks to sign in again before it sends anything. */
    state: z.enum(['signed_in', 'expired']),
    serviceUrl: z.string(),
    account: z.object({ id: Uuid, kind: AccountKind, email: z.string(), displayName: z.string() }),
    /** False without a keyring, or when it was not wanted: nothing long-lived is written and the session ends with the app. */
    remembered: z.boolean(),
  }),
]);
export type SessionState = z.infer<typeof SessionState>;

export const SignIn = z.strictObject({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(1000),
  /** Absent: the address in the settings. */
  serviceUrl: z.string().max(500).optional(),
  /** False: the session ends with the app, as on a computer that is shared. */
  stay: z.boolean().optional(),
});
export type SignIn = z.infer<typeof SignIn>;
