import { isIP } from 'node:net';

/** Where mail is handed over. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (smtps://), or after STARTTLS. */
  implicitTls: boolean;
  /** Whether mail may also leave when the server offers no STARTTLS. */
  plainAllowed: boolean;
  login?: { user: string; password: string };
}

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || /^127\./.test(host) || host.endsWith('.localhost');

/** This machine, a private network (RFC 1918, RFC 4193), or a name without a dot, as containers call each other. */
const isNearby = (host: string) =>
  isLoopback(host) ||
  (isIP(host) === 0 && !host.includes('.')) ||
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host) ||
  /^f[cd][0-9a-f]{2}:/i.test(host);

/**
 * Reads `smtp[s]://[user:password@]host[:port][?requireTLS=true|false]`. Mails hold links that open accounts, so what leaves for elsewhere leaves by TLS; in the clear only
 * to a machine nearby, without a password unless it is this machine, or when the address says `requireTLS=false`. Undefined when it is no such address.
 */
export function readSmtpUrl(text: string): SmtpServer | undefined {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    return undefined;
  if ((url.pathname !== '' && url.pathname !== '/') || url.hash !== '') return undefined;
  const { requireTLS, ...unknown } = Object.fromEntries(url.searchParams);
  if (Object.keys(unknown).length > 0) return undefined;
  if (requireTLS !== undefined && requireTLS !== 'true' && requireTLS !== 'false') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const implicitTls = url.protocol === 'smtps:';
  const login = loginOf(url);
  if (login === 'malformed') return undefined;
  return {
    host,
    port: url.port === '' ? (implicitTls ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
    implicitTls,
    plainAllowed:
      requireTLS === undefined ? (login ? isLoopback(host) : isNearby(host)) : requireTLS === 'false',
    ...(login ? { login } : {}),
  };
}

function loginOf({ username, password }: URL): SmtpServer['login'] | 'malformed' {
  if (username === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    // A lone % that was meant as itself.
    return 'malformed';
  }
}
