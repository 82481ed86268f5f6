export interface InboxWords {
  title: string;
  about: string;
  none: string;
  choose: string;
  /** Where mails come from, while there is none. */
  hint: string;
  to: string;
}

export const words: Record<'fr' | 'en', InboxWords> = {
  fr: {
    title: 'Boîte de démo',
    about: 'Tous les messages que le service de démo envoie arrivent ici, et nulle part ailleurs.',
    none: 'Aucun message pour l’instant. La liste se met à jour toute seule.',
    choose: 'Choisissez un message.',
    hint: 'Ouvrez un compte dans l’application, ou dites que vous avez oublié un mot de passe : le message s’affiche ici.',
    to: 'À',
  },
  en: {
    title: 'Demo inbox',
    about: 'All mails that the demo service sends arrive here, and nowhere else.',
    none: 'No mail yet. The list keeps itself up to date.',
    choose: 'Choose a mail.',
    hint: 'Open an account in the app, or say that you have forgotten a password: the mail is shown here.',
    to: 'To',
  },
};

/** The first of the reader's languages that we have; else French. */
export function languageOf(acceptLanguage: string | undefined): 'fr' | 'en' {
  const wanted = (acceptLanguage ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return wanted.find((one): one is 'fr' | 'en' => one === 'fr' || one === 'en') ?? 'fr';
}
