import type { PasswordProblem } from '#shared/domain/password-rule.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { Score, Strength } from './strength.ts';

/** What a password has to be, for each thing that can be wrong with it. */
export const ruleWords: Record<PasswordProblem, () => string> = {
  too_short: m.entry_rule_length,
  too_long: m.entry_rule_not_too_long,
  no_digit: m.entry_rule_digit,
  no_special: m.entry_rule_special,
  too_common: m.entry_rule_not_common,
  own_data: m.entry_rule_not_own,
};

const scoreWords: Record<Score, () => string> = {
  0: m.entry_strength_0,
  1: m.entry_strength_1,
  2: m.entry_strength_2,
  3: m.entry_strength_3,
  4: m.entry_strength_4,
};

export const strengthWords = (score: Score): string => scoreWords[score]();

/** By the names that the library gives them. */
const hintWords: Readonly<Record<string, () => string>> = {
  straightRow: m.entry_hint_keyboard,
  keyPattern: m.entry_hint_keyboard,
  longerKeyboardPattern: m.entry_hint_keyboard,
  simpleRepeat: m.entry_hint_repeated,
  extendedRepeat: m.entry_hint_repeated,
  repeated: m.entry_hint_repeated,
  sequences: m.entry_hint_sequence,
  recentYears: m.entry_hint_date,
  associatedYears: m.entry_hint_date,
  dates: m.entry_hint_date,
  topTen: m.entry_hint_common,
  topHundred: m.entry_hint_common,
  common: m.entry_hint_common,
  pwned: m.entry_hint_common,
  similarToCommon: m.entry_hint_similar,
  wordByItself: m.entry_hint_word,
  namesByThemselves: m.entry_hint_name,
  commonNames: m.entry_hint_name,
  userInputs: m.entry_hint_own,
  l33t: m.entry_hint_l33t,
  reverseWords: m.entry_hint_reversed,
  allUppercase: m.entry_hint_capitals,
  capitalization: m.entry_hint_capitals,
  anotherWord: m.entry_hint_more_words,
  useWords: m.entry_hint_more_words,
  noNeed: m.entry_hint_more_words,
};

const STRONG_ENOUGH = 3;

/** The most useful thing to say about a weak password; nothing about a good one. */
export function hintFor({ score, hints }: Strength): string | undefined {
  if (score >= STRONG_ENOUGH) return undefined;
  const words = hints.map((hint) => hintWords[hint]).find((found) => found !== undefined);
  return (words ?? m.entry_hint_more_words)();
}
