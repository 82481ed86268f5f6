import { passwordProblems } from '#shared/domain/password-rule.ts';
import type { Company } from '#shared/domain/company.ts';
import { weakPassword, type Failure } from '../failures.ts';
import { isCommonPassword } from './common-passwords.ts';

interface Person {
  email: string;
  firstName: string;
  lastName: string;
  company?: Pick<Company, 'name'> | undefined;
}

/** What of a person must not stand in their password. */
export const ownDataOf = ({ email, firstName, lastName, company }: Person): string[] => [
  firstName,
  lastName,
  email,
  ...(company ? [company.name] : []),
];

/** The failure of a password that the rule refuses; undefined for a good one. */
export function checkPassword(
  password: string,
  ownData: readonly string[],
): { ok: false; error: Failure } | undefined {
  const problems = passwordProblems(password, ownData, isCommonPassword);
  return problems.length > 0 ? weakPassword(problems) : undefined;
}
