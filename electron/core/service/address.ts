const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The normal form of an address that someone typed: a scheme, a host, perhaps a path, no slash at the end. Plain HTTP only to this very
 * computer. Undefined when it is no address of a service.
 */
export function normalAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /[\s\\]/.test(text)) return undefined;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  let url: URL;
  try {
    url = new URL(hasScheme ? text : `https://${text}`);
  } catch {
    return undefined;
  }
  if (!hasScheme && LOOPBACK.test(url.hostname)) url.protocol = 'http:';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  return url.origin + url.pathname.replace(/\/+$/, '');
}

export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * Whether the secrets of a session with the service at `from` may be sent to `to`: to the same origin, or from one port of this very computer
 * to another (the demo service takes a new one at each start). Anyone else would be handed the keys of the account.
 */
export function mayCarrySession(from: string, to: string): boolean {
  const [old, next] = [new URL(from), new URL(to)];
  return old.origin === next.origin || (isLoopback(old) && isLoopback(next));
}
