import { z } from 'zod';
import { CODE_LENGTH } from '../domain/lock-code.ts';

export const LockCode = z.string().min(CODE_LENGTH.min).max(CODE_LENGTH.max);

/** Whether a code stands before everything that the app keeps, for all accounts of this computer. */
export const LockState = z.object({
  /** Nothing is shown or sent before the code was given. */
  locked: z.boolean(),
  /** What kind of code is set; absent when none is. */
  code: z.enum(['pin', 'phrase']).optional(),
  /** Wrong codes in a row. */
  failures: z.int().min(0),
  /** So many seconds no code is looked at; absent when one is. */
  waitSeconds: z.int().min(1).optional(),
  /** False: without a keyring, whoever copies the disk can try all codes, and a short PIN is found within hours. */
  guarded: z.boolean(),
});
export type LockState = z.infer<typeof LockState>;

export const lock = {
  open: z.strictObject({ code: z.string().min(1).max(CODE_LENGTH.max) }),
  /** Without a code: the lock is taken away. Once one is set, the present one is asked for. */
  setCode: z.strictObject({
    code: LockCode.optional(),
    present: z.string().min(1).max(CODE_LENGTH.max).optional(),
  }),
};
