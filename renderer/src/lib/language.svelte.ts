import { overwriteGetLocale } from '#shared/i18n/generated/runtime.js';

/** The language on screen. Messages and formats read it, so changing it re-renders every word without a reload. */
class Language {
  current = $state<'fr' | 'en'>('fr');
}

export const language = new Language();
overwriteGetLocale(() => language.current);
