import type { App, Session } from 'electron';

/**
 * Chromium itself needs no network here: pages come from the app's own files, and the engine speaks with the account
 * service through Node. Whatever Chromium would look up on its own finds no address. Before the app is ready.
 */
export function keepChromiumOffTheNetwork(app: Pick<App, 'commandLine'>): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** A page that does not check spelling still makes Chromium fetch a dictionary from its makers, with the first window. */
export function fetchNoDictionaries(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
}
