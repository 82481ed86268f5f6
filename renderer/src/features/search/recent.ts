import { recall, remember } from '#lib/remembered.ts';

const KEPT = 6;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

/** What was searched for and led somewhere, newest first. */
export function recentSearches(accountId: string): string[] {
  return recall(accountId, 'searches', isTexts) ?? [];
}

export function noteSearch(accountId: string, text: string): void {
  const wanted = text.trim();
  if (wanted === '') return;
  const others = recentSearches(accountId).filter((other) => other !== wanted);
  remember(accountId, 'searches', [wanted, ...others].slice(0, KEPT));
}
