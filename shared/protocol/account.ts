import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { ConsentPurpose } from '../domain/profile.ts';
import { Instant } from '../domain/time.ts';
import { MailToken, TypedEmail } from './sign-up.ts';

const Password = z.string().min(1).max(1000);

/** `GET /v1/account`: what only the service knows of an account's safety. Changes to it are told by a poke. */
export const AccountSafety = z.object({
  email: z.string().max(254),
  /** An address that waits for its confirmations, with those that have come. */
  emailChange: z
    .object({
      email: z.string().max(254),
      until: Instant,
      confirmedByOld: z.boolean(),
      confirmedByNew: z.boolean(),
    })
    .optional(),
  passwordChangedAt: Instant,
  /** Old enough to be reminded of, gently (policy of the shop). */
  passwordIsOld: z.boolean(),
  /** A sign-in that does not look like its owner's, until it is answered or the password was changed after it. */
  suspiciousSignIn: z
    .object({
      id: Uuid,
      at: Instant,
      deviceName: z.string().max(80),
      reason: z.enum(['many_failures', 'token_reuse', 'reported']),
    })
    .optional(),
  /** The account is to be deleted then; until then the owner may change their mind. */
  deletion: z.object({ requestedAt: Instant, deletedAt: Instant }).optional(),
});
export type AccountSafety = z.infer<typeof AccountSafety>;

/** `POST /v1/account/password` answers 204; `wrong_password` (403) when the present one is wrong. */
export const PasswordChange = z.strictObject({
  password: Password,
  newPassword: Password,
  endOtherSessions: z.boolean(),
});

/** `POST /v1/account/email` answers 202 with AccountSafety; mails go to both addresses. `DELETE` gives the change up. */
export const EmailChange = z.strictObject({ password: Password, email: TypedEmail });
/** `POST /v1/account/email/confirmation` needs no session: the token is the proof. */
export const EmailConfirmation = z.strictObject({ token: MailToken });
export const EmailConfirmed = z.object({ state: z.enum(['waiting_for_old', 'waiting_for_new', 'done']) });

export const SessionInfo = z.object({
  id: Uuid,
  deviceName: z.string().max(80),
  platform: z.enum(['windows', 'macos', 'linux']),
  appVersion: z.string().max(40),
  createdAt: Instant,
  /** To the minute at best: it is not written at every request. */
  lastSeenAt: Instant,
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
/** `GET /v1/sessions`, the newest seen first. `DELETE /v1/sessions/:id` ends one, `DELETE /v1/sessions/others` all but the asking one: 204. */
export const SessionList = z.object({ sessions: z.array(SessionInfo).max(1000) });

/** `POST /v1/account/suspicious-sign-in/:id` answers 204: `mine: true` ends the warning; `false` ends that session and asks for a new password. */
export const SignInVerdict = z.strictObject({ mine: z.boolean() });

/** `POST /v1/account/deletion` answers AccountSafety; `DELETE` takes it back. */
export const DeletionRequest = z.strictObject({ password: Password });

/** `GET /v1/account/consents`: every choice that was ever made, newest first. */
export const ConsentHistory = z.object({
  choices: z
    .array(
      z.object({
        purpose: ConsentPurpose,
        granted: z.boolean(),
        at: Instant,
        /** Where it was made. */
        source: z.enum(['sign_up', 'app']),
      }),
    )
    .max(10_000),
});
export type ConsentHistory = z.infer<typeof ConsentHistory>;

/** `GET /v1/account/data`: what the service keeps of the account beyond the feed, for the export (RGPD art. 15 and 20). */
export const AccountData = z.object({
  account: z.object({
    id: Uuid,
    email: z.string().max(254),
    createdAt: Instant,
    activatedAt: Instant.optional(),
    passwordChangedAt: Instant,
  }),
  sessions: z.array(SessionInfo.extend({ endedAt: Instant.optional() })).max(10_000),
  consents: ConsentHistory.shape.choices,
  /** Sent to the owner: kind and moment, never the words. */
  mails: z.array(z.object({ kind: z.string().max(40), at: Instant })).max(10_000),
});
export type AccountData = z.infer<typeof AccountData>;
