import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { passwordProblems } from '#shared/domain/password-rule.ts';

/** The time it takes grows faster than the length, and what comes later makes no strong password weak. */
const LOOKED_AT = 64;

/** 0: falls at once. 4: not to be guessed. */
export type Score = 0 | 1 | 2 | 3 | 4;
export interface Strength {
  score: Score;
  /** Whether the password, or what is left of it without digits and signs, is one of the commonest. */
  common: boolean;
  /** The names of the library for what is weak about it and what would help, the most important first. */
  hints: string[];
}

const estimator = new ZxcvbnFactory({
  graphs: adjacencyGraphs,
  dictionary: { ...common, ...english, ...french },
  maxLength: LOOKED_AT,
});
const commonest = new Set(common['passwords-common'].map((password) => password.toLowerCase()));

/** How long a password would stand, for somebody who knows the person. Takes up to some hundred milliseconds: not for the main thread. */
export function strengthOf(password: string, ownData: readonly string[]): Strength {
  const looked = [...password.normalize('NFKC')].slice(0, LOOKED_AT).join('');
  const { score, feedback } = estimator.check(looked, ownData.flatMap(wordsOf));
  const common = passwordProblems(password, [], (text) => commonest.has(text)).includes('too_common');
  const hints = [feedback.warning ?? '', ...feedback.suggestions].filter((hint) => hint !== '');
  return { score: common ? 0 : score, common, hints };
}

/** People use the parts of their data as well as the whole: a name with a hyphen, an address with a point. */
const wordsOf = (text: string): string[] =>
  [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word !== '');
