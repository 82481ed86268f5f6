import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  /** Whom the envelope names. */
  to: string[];
  /** Whether it came over TLS, and as whom. */
  secure: boolean;
  user: unknown;
  raw: string;
  parsed: Email;
}

/** What the server says to a recipient or to the words of a mail, instead of taking them. */
export interface Verdict {
  code: number;
  at: 'recipient' | 'data';
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  /** Resolves once so many mails have come in all. */
  received(count: number): Promise<ReceivedMail[]>;
  /** Asked at each recipient and at the end of each mail; undefined takes it. */
  judge: (to: string, at: Verdict['at']) => Verdict['code'] | undefined;
  /** Called when a mail has been kept, before it is answered. */
  beforeAnswer: () => Promise<void> | void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port, or on that one, that keeps what it is given. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number } = {},
): Promise<MailServer> {
  const { port = 0, ...given } = options;
  const mails: ReceivedMail[] = [];
  const watchers = new Set<() => void>();
  const refusal = (code: number | undefined) =>
    code === undefined ? null : Object.assign(new Error('Not this one.'), { responseCode: code });

  const smtp = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: given.key ? [] : ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, answer) => answer(refusal(server.judge(address, 'recipient'))),
    onData(stream, session, answer) {
      void stream.toArray().then(async (chunks: Buffer[]) => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const refused = refusal(server.judge(to[0] ?? '', 'data'));
        if (!refused) {
          const parsed = await PostalMime.parse(raw);
          mails.push({ to, secure: session.secure, user: session.user, raw, parsed });
          for (const look of watchers) look();
          await server.beforeAnswer();
        }
        answer(refused);
      });
    },
    ...given,
  });
  // A client that is killed in the middle of a mail.
  smtp.on('error', () => undefined);
  const listening = smtp.listen(port, '127.0.0.1');
  await once(listening, 'listening');

  const server: MailServer = {
    port: (listening.address() as AddressInfo).port,
    mails,
    received: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (mails.length < count) return;
          watchers.delete(look);
          resolve(mails);
        };
        watchers.add(look);
        look();
      }),
    judge: () => undefined,
    beforeAnswer: () => undefined,
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
  return server;
}
