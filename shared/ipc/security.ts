import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Instant } from '../domain/time.ts';
import {
  AccountSafety,
  ConsentHistory,
  DeletionRequest,
  EmailChange,
  PasswordChange,
  SessionInfo,
  SignInVerdict,
} from '../protocol/account.ts';

/** What the service said last, and when by this computer's clock. */
const told = <S extends z.ZodType>(value: S) => z.object({ value, at: Instant });

/** Of an account's safety, as far as the service was ever asked: shown with its date while it cannot be asked again. */
export const SecurityView = z.object({
  safety: told(AccountSafety).optional(),
  /** The newest seen first. */
  sessions: told(z.array(SessionInfo)).optional(),
  /** Every choice that was made, newest first. */
  consents: told(ConsentHistory.shape.choices).optional(),
});
export type SecurityView = z.infer<typeof SecurityView>;

/** Typed in the window, checked by the service. */
export const security = {
  passwordChange: PasswordChange,
  emailChange: EmailChange,
  deletion: DeletionRequest,
  verdict: SignInVerdict.extend({ id: Uuid }),
};

export type SuspiciousSignIn = NonNullable<AccountSafety['suspiciousSignIn']>;
export type PendingEmailChange = NonNullable<AccountSafety['emailChange']>;
export type PendingDeletion = NonNullable<AccountSafety['deletion']>;
export type ConsentChoice = ConsentHistory['choices'][number];
export type { AccountSafety, SessionInfo };
