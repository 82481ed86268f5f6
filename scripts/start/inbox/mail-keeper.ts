import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface KeptMail {
  /** Counts up from 1; also the name of its file. */
  id: number;
  to: string;
  from: string;
  subject: string;
  /** Milliseconds since 1970. */
  at: number;
  text: string;
  html: string;
}

export interface MailKeeper {
  smtpUrl: string;
  /** Newest first. */
  list(): readonly KeptMail[];
  close(): Promise<void>;
}

/** More than anybody tries in a demo. */
const KEPT = 200;
const LARGEST_BYTES = 1024 * 1024;

/** Takes every mail that is handed over on this computer, and sends none of them on: they stay in the folder, the newest 200. */
export async function keepMails(folder: string): Promise<MailKeeper> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: number) => join(folder, `${id}.eml`);
  const ids = readdirSync(folder)
    .flatMap((name) => /^([1-9]\d{0,8})\.eml$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
  const mails = await Promise.all(ids.map((id) => read(id, readFileSync(fileOf(id)))));

  async function keep(raw: Buffer): Promise<void> {
    const id = (mails[0]?.id ?? 0) + 1;
    const mail = await read(id, raw);
    writeFileSync(fileOf(id), raw, { mode: 0o600 });
    mails.unshift(mail);
    for (const old of mails.splice(KEPT)) rmSync(fileOf(old.id), { force: true });
  }

  // One after the other, so that each gets a number of its own.
  let keeping = Promise.resolve();
  const smtp = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: LARGEST_BYTES,
    logger: false,
    onData(stream, _session, answer) {
      const raw = stream.toArray().then((chunks: Buffer[]) => Buffer.concat(chunks));
      keeping = Promise.all([raw, keeping])
        .then(([bytes]) => keep(bytes))
        .then(
          () => answer(),
          (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
  // A client that goes away in the middle of a mail brings it again.
  smtp.on('error', () => undefined);
  const server = smtp.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    list: () => mails,
    async close() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      await keeping;
    },
  };
}

async function read(id: number, raw: Buffer): Promise<KeptMail> {
  const { to, from, subject = '', date, text = '', html = '' } = await PostalMime.parse(raw);
  return {
    id,
    to: to?.map(({ address }) => address ?? '').join(', ') ?? '',
    from: from?.name || from?.address || '',
    subject,
    at: date === undefined ? 0 : Date.parse(date),
    text,
    html,
  };
}
