import type { Log } from './logging.ts';

/** Why something is opened outside: what is allowed depends on it. */
export type ExternalPurpose = 'tracking' | 'mail' | 'phone' | 'inbox';

const protocolOf: Record<ExternalPurpose, string> = {
  tracking: 'https:',
  mail: 'mailto:',
  phone: 'tel:',
  inbox: 'http:',
};

/**
 * The address as it may be handed to the operating system, or undefined. `file:`, `smb:`, `javascript:` and the
 * protocols of other programs (`ms-*:`) can run code when opened, so only the one that the purpose calls for passes;
 * no credentials and no port either, which carriers do not need and look-alike addresses do.
 */
export function allowedExternalUrl(purpose: ExternalPurpose, address: string): string | undefined {
  // Spaces and control characters, which parsers of addresses silently drop.
  if (address.length > 2000 || /[\u0000-\u0020\u007f]/.test(address) || !URL.canParse(address))
    return undefined;
  const url = new URL(address);
  if (url.protocol !== protocolOf[purpose]) return undefined;
  if (purpose === 'tracking' && !isPublicWebHost(url)) return undefined;
  if (purpose === 'mail' && !/^mailto:[^\s@?,]+@[^\s@?,]+$/.test(url.href)) return undefined;
  if (purpose === 'phone' && !/^tel:\+?[\d.-]{3,20}$/.test(url.href)) return undefined;
  if (purpose === 'inbox' && !/^http:\/\/(127\.0\.0\.1|localhost):\d{1,5}\/$/.test(url.href))
    return undefined;
  return url.href;
}

/** The only way out of the app. `open` is shell.openExternal. */
export function createExternalOpener(open: (url: string) => Promise<void>, log: Log) {
  return async (purpose: ExternalPurpose, address: string): Promise<boolean> => {
    const url = allowedExternalUrl(purpose, address);
    if (!url) {
      log('warn', 'an address was refused', { purpose });
      return false;
    }
    await open(url);
    return true;
  };
}

function isPublicWebHost(url: URL): boolean {
  if (url.username || url.password || url.port) return false;
  const labels = url.hostname.split('.');
  // Punycode hides letters that look like others; addresses and bare names point into the local network.
  const isName =
    labels.length >= 2 && labels.every((label) => /^[a-z0-9-]+$/.test(label) && !label.startsWith('xn--'));
  return (
    isName &&
    /^[a-z]{2,}$/.test(labels.at(-1) ?? '') &&
    !/^(local|internal|localhost|lan|home)$/.test(labels.at(-1) ?? '')
  );
}
