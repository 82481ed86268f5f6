import { z } from 'zod';
import { TypedCompany } from '../domain/company.ts';
import { PASSWORD_PROBLEMS } from '../domain/password-rule.ts';
import { AccountKind, ConsentPurpose } from '../domain/profile.ts';
import { lineOf } from '../domain/text.ts';

/** As people type it; the service compares without regard to case. */
export const TypedEmail = z.string().trim().max(254).pipe(z.email());
/** Bounded here; what the rule has against it is answered as `weak_password` with its problems. */
const NewPassword = z.string().min(1).max(1000);
export const Language = z.enum(['fr', 'en']);

/** 22 or more characters of base64url: at least 128 random bits. */
export const MailToken = z.string().regex(/^[\w-]{22,200}$/);
/** What a mail shows beside its link, to be typed by hand: eight characters without those that look alike, case and blanks ignored. */
export const MailCode = z
  .string()
  .max(40)
  .transform((typed) => typed.replace(/[\s-]+/g, '').toUpperCase())
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/));

/**
 * Which mail is meant: the token of its link, or the code beside it with the address that it went to. `POST /v1/accounts/activation` takes it and
 * answers 204; `link_invalid` for what is unknown, used or too old.
 */
export const MailProof = z.union([
  z.strictObject({ token: MailToken }),
  z.strictObject({ email: TypedEmail, code: MailCode }),
]);
export type MailProof = z.infer<typeof MailProof>;

/**
 * `POST /v1/accounts` answers 202 whether the address is free or not, in the same time: an address that has an account gets a mail
 * that says so instead of an activation.
 */
export const SignUpRequest = z
  .strictObject({
    kind: AccountKind,
    email: TypedEmail,
    password: NewPassword,
    firstName: lineOf(80),
    lastName: lineOf(80),
    /** For garages, and for them only. */
    company: TypedCompany.optional(),
    language: Language,
    /** Purposes that are not named were not allowed (RGPD art. 7). */
    consents: z.partialRecord(ConsentPurpose, z.boolean()),
  })
  .refine(({ kind, company }) => (kind === 'garage') === (company !== undefined), { path: ['company'] });
export type SignUpRequest = z.infer<typeof SignUpRequest>;

/** The answer to whatever sends a mail: how long to wait before it is asked for again, which says nothing of the address. */
export const MailOnItsWay = z.object({ againInSeconds: z.int().min(0).max(86_400) });
export type MailOnItsWay = z.infer<typeof MailOnItsWay>;

/** `POST /v1/accounts/activation-mail` and `POST /v1/passwords/reset-mail`; both answer 202 with MailOnItsWay. */
export const MailRequest = z.strictObject({ email: TypedEmail, language: Language });

/** `POST /v1/passwords/reset` answers 204 and ends every session of the account. */
export const ResetRequest = z.strictObject({ proof: MailProof, password: NewPassword });

/** Beside `link_invalid`. */
export const LinkProblem = z.enum(['unknown', 'used', 'expired']);
export type LinkProblem = z.infer<typeof LinkProblem>;
/** Beside `weak_password`. */
export const PasswordProblems = z.array(z.enum(PASSWORD_PROBLEMS)).min(1);
