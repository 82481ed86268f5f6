import type { Clock } from '../clock.ts';
import type { Outbox } from './outbox.ts';
import type { SenderAddress } from './sender-address.ts';
import { startSender, type MailLog } from './sender.ts';
import { makePostman } from './smtp.ts';
import type { SmtpServer } from './smtp-url.ts';

/** By whom mails leave, and from whom they come. */
export interface PostOptions {
  server: SmtpServer;
  from: SenderAddress;
  /** Certificates that are believed instead of the usual ones. */
  ca?: string;
}

export interface Post {
  close(): Promise<void>;
}

/** Sends what is in the outbox; without a mail server it stays there, and the log says so. */
export async function startPost(
  outbox: Outbox,
  options: PostOptions | undefined,
  clock: Clock,
  log: MailLog,
): Promise<Post> {
  const waiting = await outbox.waiting();
  if (!options) {
    log.warn({ waiting }, 'no mail server is set (--smtp-url): mails wait in the database');
    return { close: () => Promise.resolve() };
  }
  const { server, from, ca } = options;
  log.info({ waiting, host: server.host, port: server.port }, 'mails leave by this mail server');
  return startSender(outbox, makePostman(server, from, ca), clock, log);
}
