import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { AccountKind } from '../domain/profile.ts';

/** `POST /v1/sessions` */
export const SignInRequest = z.strictObject({
  email: z.string().trim().min(3).max(254),
  /** Longer than any that the rule takes, in whatever characters. */
  password: z.string().min(1).max(1000),
  device: z.strictObject({
    name: z.string().max(80),
    platform: z.enum(['windows', 'macos', 'linux']),
    appVersion: z.string().max(40),
  }),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

export const Tokens = z.object({
  accessToken: z.string().min(20).max(500),
  /** Lifetimes are durations, never dates: the two clocks need not agree. */
  accessExpiresInSeconds: z.int().min(1),
  refreshToken: z.string().min(20).max(500),
  refreshExpiresInSeconds: z.int().min(1),
});
export type Tokens = z.infer<typeof Tokens>;

export const SignInResponse = Tokens.extend({
  /**
   * 32 random bytes in base64url: the same at every sign-in to the account, whatever becomes of its password and address, and in no
   * other answer. The app seals the key of what it keeps with it, so that who signs in again can read what waits there.
   */
  deviceSecret: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  account: z.object({
    id: Uuid,
    kind: AccountKind,
    email: z.string().max(254),
    displayName: z.string().max(120),
  }),
});
export type SignInResponse = z.infer<typeof SignInResponse>;

/** `POST /v1/sessions/refresh` answers Tokens. `DELETE /v1/sessions/current` (with the access token) answers 204. */
export const RefreshRequest = z.strictObject({ refreshToken: z.string().min(20).max(500) });
export type RefreshRequest = z.infer<typeof RefreshRequest>;
