import { createTransport } from 'nodemailer';
import { writeMail } from './letters/write.ts';
import type { ClaimedMail } from './outbox.ts';
import type { SenderAddress } from './sender-address.ts';
import type { SmtpServer } from './smtp-url.ts';

/** What the mail server made of a mail. */
export type Delivery =
  | { kind: 'sent' }
  | { kind: 'refused'; reason: Reason }
  | { kind: 'deferred'; reason: Reason }
  /** It says nothing about this mail: there is no talking with the server at all. */
  | { kind: 'unreachable'; reason: Reason };

/** For the log. The server's own words are left out: they quote addresses. */
export interface Reason {
  code: string | undefined;
  /** The reply's three digits. */
  reply: number | undefined;
  /** What was said when it went wrong. */
  step: string | undefined;
}

export interface Postman {
  /** Never throws for what a mail server does; for a mail that cannot be written (a bug) it does. */
  deliver(mail: ClaimedMail): Promise<Delivery>;
  /** Breaks off what is being delivered; it then counts as deferred. */
  abort(): void;
}

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** In all; well within an outbox's claim. */
const DELIVERY_MS = 120_000;

function reasonOf(error: unknown): Reason {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  return { code, reply: responseCode, step: command };
}

function judge(reason: Reason): Delivery {
  const { code, reply, step } = reason;
  if (reply === 421) return { kind: 'unreachable', reason };
  if (code === 'EENVELOPE' && step === 'RCPT TO') {
    // 503 is about the order of commands, not about the person.
    const permanent = reply !== undefined && reply >= 500 && reply !== 503;
    return { kind: permanent ? 'refused' : 'deferred', reason };
  }
  // What is said after the words were sent may be about them; tried again, since a wrongly set server says the same to all.
  const aboutThisMail = code === 'EABORT' || code === 'EMESSAGE' || step === 'DATA';
  return { kind: aboutThisMail ? 'deferred' : 'unreachable', reason };
}

/** Hands mails to a mail server, each over a connection of its own. `ca` are the certificates that are believed instead of the usual ones. */
export function makePostman(server: SmtpServer, from: SenderAddress, ca?: string): Postman {
  const { host, port, implicitTls, plainAllowed, login } = server;
  const transport = createTransport({
    host,
    port,
    secure: implicitTls,
    requireTLS: !implicitTls && !plainAllowed,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const aborted = new AbortController();

  return {
    async deliver({ id, createdAt, mail }) {
      const { subject, text, html } = writeMail(mail);
      try {
        await transport.sendMail({
          from,
          // As a pair, so that nothing in an address is read as a list of them.
          to: { name: '', address: mail.to },
          subject,
          text,
          html,
          // The same at each attempt, so that a mail that comes twice is known as one.
          messageId: `<${id}@${domain}>`,
          date: new Date(createdAt),
          // No out-of-office answers, please (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.any([aborted.signal, AbortSignal.timeout(DELIVERY_MS)]),
        });
        return { kind: 'sent' };
      } catch (error) {
        return judge(reasonOf(error));
      }
    },
    abort: () => aborted.abort(),
  };
}
