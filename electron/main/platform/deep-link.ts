import type { DeepLink } from '#shared/ipc/settings.ts';
import type { Log } from './logging.ts';

export const deepLinkScheme = 'oscaro-desktop';

/** Nothing but a known word: no path, no parameter, no user, no port. Browsers may add the one slash. */
const EXACTLY = new RegExp(`^${deepLinkScheme}://(activated|password-reset|email-changed)/?$`, 'i');

/** What an address of ours hints at; undefined for everything else, whoever passed it. */
export function parseDeepLink(address: string): DeepLink | undefined {
  return EXACTLY.exec(address)?.[1]?.toLowerCase() as DeepLink | undefined;
}

export interface DeepLinks {
  /** Notes the first link among these arguments of a start, and tells the page. */
  arrived: (args: readonly string[]) => void;
  /** The newest link that nobody has taken yet. */
  take: () => DeepLink | undefined;
}

/**
 * Links wait here until the page asks for them, since the page may still be on its way. Any program and any web page can open one: they are
 * hints, and do no more than bring up the window and have the service asked again.
 */
export function createDeepLinks(tell: () => void, log: Log): DeepLinks {
  let waiting: DeepLink | undefined;
  return {
    arrived: (args) => {
      const ours = args.filter((arg) => arg.toLowerCase().startsWith(`${deepLinkScheme}:`));
      if (ours.length === 0) return;
      const link = ours.map(parseDeepLink).find((found) => found !== undefined);
      if (!link) {
        log('warn', 'a link to the app was not understood');
        return;
      }
      waiting = link;
      tell();
    },
    take: () => {
      const link = waiting;
      waiting = undefined;
      return link;
    },
  };
}
