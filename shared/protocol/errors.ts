import { z } from 'zod';
import { LinkProblem, PasswordProblems } from './sign-up.ts';

/** Every error that the service answers has one of these kinds; the HTTP status is for proxies, the kind for programs. */
export const ServiceErrorKind = z.enum([
  'invalid_request', // 400
  'invalid_credentials', // 401: wrong e-mail address or password
  'session_expired', // 401: access or refresh token unknown, used or expired
  'not_activated', // 403, to the right password only: the activation mail was not followed yet
  'wrong_password', // 403: the password that confirms a change is wrong; the session goes on
  'not_found', // 404: it does not exist, or it is another account's
  'method_not_allowed', // 405
  'cursor_expired', // 410: read everything again
  'link_invalid', // 410, with linkProblem: the link or code of a mail
  'payload_too_large', // 413
  'unsupported_media_type', // 415
  'range_not_satisfiable', // 416
  'weak_password', // 422, with passwordProblems
  'upgrade_required', // 426
  'throttled', // 429, with retryAfterSeconds
  'internal', // 500
  'unavailable', // 503, with retryAfterSeconds
]);
export type ServiceErrorKind = z.infer<typeof ServiceErrorKind>;

export const ServiceError = z.object({
  error: z.object({
    kind: ServiceErrorKind,
    /** For developers, in English; people read words made from the kind. */
    message: z.string().max(500),
    requestId: z.string().max(64),
    retryAfterSeconds: z.int().min(0).max(86_400).optional(),
    linkProblem: LinkProblem.optional(),
    passwordProblems: PasswordProblems.optional(),
  }),
});
export type ServiceError = z.infer<typeof ServiceError>;
