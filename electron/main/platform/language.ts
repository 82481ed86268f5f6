export type Language = 'fr' | 'en';

/** What the person chose, else what this start was told, else the first of the system's languages that we have, else French. */
export function resolveLanguage(
  chosen: 'system' | Language,
  told: Language | undefined,
  systemLanguages: readonly string[],
): Language {
  if (chosen !== 'system') return chosen;
  if (told) return told;
  for (const tag of systemLanguages) {
    const language = tag.toLowerCase().split(/[-_]/)[0];
    if (language === 'fr' || language === 'en') return language;
  }
  return 'fr';
}
