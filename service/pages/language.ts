import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Language, Words } from './words.ts';

const words: Record<Language, Words> = { fr, en };
export const wordsIn = (language: Language): Words => words[language];

/** What the link says, or else the browser: its first language that is one of ours. French is the shop's own. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  const tags = [asked ?? '', ...(accepted ?? '').split(',')].map((tag) =>
    tag.trim().slice(0, 2).toLowerCase(),
  );
  return tags.find((tag) => tag === 'fr' || tag === 'en') ?? 'fr';
}
