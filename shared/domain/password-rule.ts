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

/** Below that, what is left of a password without its ends says nothing: many good ones have three letters somewhere. */
const SHORTEST_CORE = 4;

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
  const problems: PasswordProblem[] = [];
  if (length < SHORTEST_PASSWORD) problems.push('too_short');
  if (length > LONGEST_PASSWORD) problems.push('too_long');
  if (!/\p{Nd}/u.test(text)) problems.push('no_digit');
  if (!/[^\p{L}\p{N}]/u.test(text)) problems.push('no_special');
  const folded = fold(text.slice(0, 2 * LONGEST_PASSWORD));
  if (coresOf(folded).some(isCommon)) problems.push('too_common');
  const readings = [folded, spelled(folded)];
  if (piecesOf(ownData).some((piece) => readings.some((reading) => reading.includes(piece))))
    problems.push('own_data');
  return problems;
}

/** What the commonest programs that guess put in the place of letters. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '€': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

const spelled = (folded: string): string =>
  folded.replace(/[@43€1!0$57]/g, (sign) => LOOK_ALIKES[sign] ?? sign);

/** A text whole, and without what stands around it: the commonest way to make a common password obey a rule. */
function coresOf(folded: string): string[] {
  const cores = [
    folded.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''),
    folded.replace(/^\P{L}+|\P{L}+$/gu, ''),
    // At the ends, digits stand for themselves: `azerty1` is a common word and a digit.
    spelled(folded.replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, '')),
  ];
  return [folded, ...cores.filter((core) => core.length >= SHORTEST_CORE)];
}

function piecesOf(ownData: readonly string[]): string[] {
  return (
    ownData
      // Of an address only the part before the sign: millions share what stands behind it.
      .map((text) => text.replace(/@[^@\s]+$/, ''))
      .flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u))
      .filter((piece) => [...piece].length >= SHORTEST_PIECE)
  );
}
