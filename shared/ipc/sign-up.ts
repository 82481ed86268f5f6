import { z } from 'zod';
import { TypedCompany } from '../domain/company.ts';
import { AccountKind, ConsentPurpose } from '../domain/profile.ts';
import { lineOf } from '../domain/text.ts';
import { Instant } from '../domain/time.ts';
import { MailCode, TypedEmail } from '../protocol/sign-up.ts';

/** Bounded only: what the rule has against it is answered as `weak_password`. */
const NewPassword = z.string().min(1).max(1000);
/** Absent: the address in the settings. */
const serviceUrl = z.string().max(500).optional();

/** What somebody types to open an account, apart from the password: this alone may be kept on the disk. */
const TypedPerson = z.strictObject({
  kind: AccountKind,
  email: TypedEmail,
  firstName: lineOf(80),
  lastName: lineOf(80),
  company: TypedCompany.optional(),
  consents: z.partialRecord(ConsentPurpose, z.boolean()),
});

export const SignUp = z
  .strictObject({ ...TypedPerson.shape, password: NewPassword, serviceUrl })
  .refine(({ kind, company }) => (kind === 'garage') === (company !== undefined), { path: ['company'] });
export type SignUp = z.infer<typeof SignUp>;

/** An account that was asked for and waits for its mailbox to be proven. */
export const PendingSignUp = z.object({
  typed: TypedPerson,
  /** The service that was asked. */
  serviceUrl: z.string().max(500),
  /** The mail may be asked for again from then on. */
  againAt: Instant,
});
export type PendingSignUp = z.infer<typeof PendingSignUp>;

/** The code that a mail shows beside its link. */
export const CodeProof = z.strictObject({ email: TypedEmail, code: MailCode, serviceUrl });
export type CodeProof = z.infer<typeof CodeProof>;

/** Asks for a mail to this address, whoever it belongs to. */
export const MailTo = z.strictObject({ email: TypedEmail, serviceUrl });
export type MailTo = z.infer<typeof MailTo>;

/** How long to wait before the mail is asked for again. */
export const MailAsked = z.object({ againInSeconds: z.int() });
export type MailAsked = z.infer<typeof MailAsked>;

export const PasswordReset = CodeProof.extend({ password: NewPassword });
export type PasswordReset = z.infer<typeof PasswordReset>;
