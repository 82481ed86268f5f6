import { fold } from './fold.ts';

/** The shop's rule (docs: the help pages of the shop): eight characters at least, among them a digit and a special one. */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

/** What is wrong with a password that somebody wants to have. */
export type PasswordProblem =
  | 'too_short'
  | 'too_long'
  | 'no_digit'
  | 'no_special'
  /** On the list of the commonest, also with a digit or a special character around it. */
  | 'too_common'
  /** Made of the person's own name, address, company or e-mail address. */
  | 'own_data';

export const PASSWORD_PROBLEMS = [
  'too_short',
  'too_long',
  'no_digit',
  'no_special',
  'too_common',
  'own_data',
] as const satisfies readonly PasswordProblem[];

/** Pieces of the person's data that are shorter would be found in too many good passwords. */
const SHORTEST_PIECE = 4;

/**
 * What the rule has against a password, in the order in which it is listed to people; empty when nothing.
 * @param ownData the person's names, company and e-mail address, as typed
 * @param isCommon whether a folded text is one of the commonest passwords
 */
export function passwordProblems(
  password: string,
  ownData: readonly string[],
  isCommon: (text: string) => boolean,
): PasswordProblem[] {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  const folded = fold(text);
  const problems: PasswordProblem[] = [];
  if (length < SHORTEST_PASSWORD) problems.push('too_short');
  if (length > LONGEST_PASSWORD) problems.push('too_long');
  if (!/\p{Nd}/u.test(text)) problems.push('no_digit');
  if (!/[^\p{L}\p{N}]/u.test(text)) problems.push('no_special');
  if (isCommon(folded) || isCommon(folded.replace(/[^\p{L}]/gu, ''))) problems.push('too_common');
  if (pieces(ownData).some((piece) => folded.includes(piece))) problems.push('own_data');
  return problems;
}

function pieces(ownData: readonly string[]): string[] {
  return ownData
    .flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u))
    .filter((piece) => [...piece].length >= SHORTEST_PIECE);
}
