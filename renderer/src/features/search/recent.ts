import { keepTyped, typedText } from '#lib/typed-texts.ts';

const KEPT = 6;

/** What was searched for and led somewhere, newest first. */
export function recentSearches(): string[] {
  return typedText('searches') ?? [];
}

export function noteSearch(text: string): void {
  const wanted = text.trim();
  if (wanted === '') return;
  const others = recentSearches().filter((other) => other !== wanted);
  keepTyped('searches', [wanted, ...others].slice(0, KEPT));
}
