import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer, type MailServer, type ReceivedMail } from '#test/support/mail-server.ts';
import { spawnService } from '#test/support/service.ts';
import { expect, test as base } from './fixtures.ts';

export interface Mailbox {
  /** The newest mail to this address, once there are so many. */
  newest: (to: string, count?: number) => Promise<ReceivedMail>;
}

/** The service with a real mail server beside it. */
export const test = base.extend<{ mailbox: Mailbox }, { mailServer: MailServer }>({
  mailServer: [
    async ({}, use) => {
      const server = await startMailServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ mailServer }, use) => {
      const data = mkdtempSync(join(tmpdir(), 'oscaro-e2e-service-'));
      const smtp = `smtp://127.0.0.1:${mailServer.port}`;
      const args = ['--port', '0', '--demo', '--rate-limit', '0', '--data', data, '--smtp-url', smtp];
      const service = await spawnService(args);
      await use(service);
      await service.stop();
      rmSync(data, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  mailbox: async ({ mailServer }, use) => {
    await use({
      newest: async (to, count = 1) => {
        const theirs = (): ReceivedMail[] => mailServer.mails.filter((mail) => mail.to.includes(to));
        await expect.poll(() => theirs().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
        const mail = theirs().at(-1);
        if (!mail) throw new Error('no mail');
        return mail;
      },
    });
  },
});

const textOf = ({ parsed }: ReceivedMail): string => parsed.text ?? '';

/** What is to be typed by hand, as the mail shows it. */
export function codeIn(mail: ReceivedMail): string {
  const code = /^\s*([2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4})\s*$/m.exec(textOf(mail))?.[1];
  if (!code) throw new Error(`no code in:\n${textOf(mail)}`);
  return code;
}

export function linkIn(mail: ReceivedMail): URL {
  const link = /https?:\/\/\S+/.exec(textOf(mail))?.[0];
  if (!link) throw new Error(`no link in:\n${textOf(mail)}`);
  return new URL(link);
}

export { expect };
