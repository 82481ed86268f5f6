import type { PasswordProblem } from '#shared/domain/password-rule.ts';
import type { ServiceErrorKind } from '#shared/protocol/errors.ts';
import type { LinkProblem } from '#shared/protocol/sign-up.ts';

/** An expected failure of a use case, in the words of the contract. */
export interface Failure {
  kind: ServiceErrorKind;
  /** For developers, in English. Never personal data. */
  message: string;
  retryAfterSeconds?: number;
  linkProblem?: LinkProblem;
  passwordProblems?: PasswordProblem[];
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const done = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (
  kind: ServiceErrorKind,
  message: string,
  retryAfterSeconds?: number,
): { ok: false; error: Failure } => ({
  ok: false,
  error: { kind, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
});

export const linkInvalid = (linkProblem: LinkProblem): { ok: false; error: Failure } => ({
  ok: false,
  error: { kind: 'link_invalid', message: `The link or code is ${linkProblem}.`, linkProblem },
});
export const weakPassword = (passwordProblems: PasswordProblem[]): { ok: false; error: Failure } => ({
  ok: false,
  error: { kind: 'weak_password', message: 'The rule for passwords refuses it.', passwordProblems },
});
