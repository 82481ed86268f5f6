import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Mail } from '#service/mail/mail.ts';
import type { PostOptions } from '#service/mail/post.ts';
import { readSmtpUrl } from '#service/mail/smtp-url.ts';
import { toInstant } from '#shared/domain/time.ts';
import { startMailServer, type MailServer } from '#test/support/mail-server.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { manualClock } from './client.ts';

const MINUTE = 60_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function mailServer(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  closing.push(() => server.close());
  return server;
}

const lines: string[] = [];
const log = { level: 'info', stream: { write: (line: string) => void lines.push(line) } };

async function service(options: Parameters<typeof startService>[0] = {}): Promise<RunningService> {
  lines.length = 0;
  const running = await startService({ log, ...options });
  closing.push(() => running.close());
  return running;
}

function post(server: MailServer, more: Partial<PostOptions> & { url?: string } = {}): PostOptions {
  const { url = `smtp://127.0.0.1:${server.port}`, ...rest } = more;
  return { server: readSmtpUrl(url)!, from: { name: 'Oscaro', address: 'no-reply@shop.example' }, ...rest };
}

const enqueue = (running: RunningService, mail: Mail, accountKey?: number) =>
  running.service.store.db
    .transaction()
    .execute((trx) => running.service.mails.enqueue(trx, accountKey, mail));

const activation = (to: string, language: 'fr' | 'en' = 'fr'): Mail => ({
  kind: 'activation',
  to,
  language,
  link: 'http://127.0.0.1:8787/activation?token=abcdefghijklmnopqrstuv&lang=fr',
  code: 'ABCD2345',
  firstName: 'Zoé',
  hours: 24,
});

const rows = (running: RunningService) =>
  running.service.store.db.selectFrom('mails').selectAll().orderBy('key').execute();

describe('a mail', () => {
  it('arrives soon after the commit, in its language, as text and as HTML', async () => {
    const server = await mailServer();
    const running = await service({ mail: post(server) });
    await enqueue(running, activation('zoe@example.org', 'fr'));
    await enqueue(running, activation('zoe@example.org', 'en'));
    await server.received(2);
    const bySubject = new Map(server.mails.map((mail) => [mail.parsed.subject, mail]));
    expect([...bySubject.keys()].sort()).toEqual(['Activate your account', 'Activez votre compte']);
    const { parsed, to, raw } = bySubject.get('Activez votre compte')!;
    expect(to).toEqual(['zoe@example.org']);
    expect(parsed.from).toEqual({ name: 'Oscaro', address: 'no-reply@shop.example' });
    expect(parsed.to).toEqual([{ name: '', address: 'zoe@example.org' }]);
    expect(parsed.text).toContain('Bonjour Zoé,');
    expect(parsed.text).toContain('http://127.0.0.1:8787/activation?token=abcdefghijklmnopqrstuv&lang=fr\n');
    expect(parsed.html).toContain('ABCD 2345');
    expect(parsed.messageId).toMatch(/^<[0-9a-f-]{36}@shop\.example>$/);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it('leaves nothing behind but what it was and when, which its owner can read', async () => {
    const server = await mailServer();
    const running = await service({ mail: post(server) });
    await running.createAccount({ email: 'zoe@example.org', password: 'pässwörd-1!' });
    const { key } = await running.service.store.db
      .selectFrom('accounts')
      .select('key')
      .executeTakeFirstOrThrow();
    expect(await running.service.mails.listMails(key)).toEqual([]);
    await enqueue(running, activation('zoe@example.org'), key);
    await server.received(1);
    await vi.waitFor(async () =>
      expect(await running.service.mails.listMails(key)).toEqual([
        { kind: 'activation', at: expect.any(String) as string },
      ]),
    );
    expect(await rows(running)).toMatchObject([{ recipient: null, data: null, next_try_at: null }]);
    expect(lines.join('')).not.toMatch(/zoe@|abcdefghijklmnop|ABCD/);
  });

  it('is not sent when what it tells of was not kept', async () => {
    const server = await mailServer();
    const running = await service({ mail: post(server) });
    const { db } = running.service.store;
    const undone = db.transaction().execute(async (trx) => {
      await running.service.mails.enqueue(trx, undefined, activation('nobody@example.org'));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await enqueue(running, activation('zoe@example.org'));
    await server.received(1);
    expect(server.mails.map((mail) => mail.to)).toEqual([['zoe@example.org']]);
  });

  it('outlives the account that it tells of', async () => {
    const running = await service();
    await running.createAccount({ email: 'zoe@example.org', password: 'pässwörd-1!' });
    const { db } = running.service.store;
    await db.transaction().execute(async (trx) => {
      const { key } = await trx.selectFrom('accounts').select('key').executeTakeFirstOrThrow();
      await running.service.mails.enqueue(trx, key, {
        kind: 'account_deleted',
        to: 'zoe@example.org',
        language: 'fr',
      });
      await trx.deleteFrom('accounts').where('key', '=', key).execute();
    });
    expect(await rows(running)).toMatchObject([{ account_key: null, recipient: 'zoe@example.org' }]);
  });

  it('waits, with a word in the log, when no mail server is set', async () => {
    const running = await service();
    expect(lines.join('')).toContain('no mail server is set');
    await enqueue(running, activation('zoe@example.org'));
    const server = await mailServer();
    const { dataDir } = running;
    await service({ dataDir, mail: post(server) });
    await server.received(1);
  });
});

describe('a mail server', () => {
  it('that is down loses nothing, and is heard of when it goes and when it is back', async () => {
    const first = await mailServer();
    const { port } = first;
    const running = await service({ mail: post(first) });
    await first.close();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      await enqueue(running, activation(`${name}@example.org`));
    await vi.waitFor(() => expect(lines.join('')).toContain('the mail server cannot be used; mails wait'));
    expect(await running.service.mails.waiting()).toBe(6);
    const again = await mailServer({ port });
    await again.received(6);
    expect(
      again.mails
        .map((mail) => mail.to[0])
        .sort()
        .join(' '),
    ).toBe('a@example.org b@example.org c@example.org d@example.org e@example.org f@example.org');
    await vi.waitFor(async () => expect(await running.service.mails.waiting()).toBe(0));
    expect(lines.join('')).toContain('the mail server can be used again');
  });

  it.each(['recipient', 'data'] as const)(
    'that wants a mail later (4xx at its %s) gets it later, others at once',
    async (step) => {
      const clock = manualClock();
      const server = await mailServer();
      const running = await service({ mail: post(server), clock });
      server.judge = (to, at) => (at === step && to === 'grey@example.org' ? 451 : undefined);
      await enqueue(running, activation('grey@example.org'));
      await vi.waitFor(async () => expect(await rows(running)).toMatchObject([{ deferrals: 1 }]));
      await enqueue(running, activation('zoe@example.org'));
      await server.received(1);
      for (const [deferrals, minutes] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
        const next = toInstant(clock.now() + minutes * MINUTE);
        await vi.waitFor(
          async () =>
            expect((await rows(running))[0]).toMatchObject({ deferrals: deferrals + 1, next_try_at: next }),
          5000,
        );
        clock.advance(minutes * MINUTE);
      }
      server.judge = () => undefined;
      clock.advance(60 * MINUTE);
      await server.received(2);
      expect(server.mails[1]?.to).toEqual(['grey@example.org']);
    },
  );

  it('that refuses a recipient for good is not asked again, and the log does not say whom', async () => {
    const server = await mailServer();
    const running = await service({ mail: post(server) });
    server.judge = (to) => (to === 'gone@example.org' ? 550 : undefined);
    await enqueue(running, activation('gone@example.org'));
    await vi.waitFor(async () =>
      expect(await rows(running)).toMatchObject([
        { failed_because: 'refused', recipient: null, data: null, next_try_at: null, sent_at: null },
      ]),
    );
    expect(lines.join('')).toContain('a mail was refused for good');
    expect(lines.join('')).not.toContain('gone@');
  });

  it('that refuses the sender is taken for wrongly set: nothing is given up', async () => {
    const server = await mailServer({
      onMailFrom: (_address, _session, answer) =>
        answer(Object.assign(new Error('Not you.'), { responseCode: 553 })),
    });
    const running = await service({ mail: post(server) });
    await enqueue(running, activation('zoe@example.org'));
    await vi.waitFor(() => expect(lines.join('')).toContain('the mail server cannot be used'));
    expect(await rows(running)).toMatchObject([{ recipient: 'zoe@example.org', failed_at: null }]);
  });

  it('gets no link that has expired', async () => {
    const clock = manualClock();
    const server = await mailServer();
    const running = await service({ clock });
    await enqueue(running, activation('late@example.org'));
    await enqueue(running, { kind: 'deletion_cancelled', to: 'late@example.org', language: 'en' });
    clock.advance(24 * 60 * MINUTE);
    await running.service.tidy();
    expect(lines.join('')).toContain('"worthless":1');
    expect(await rows(running)).toMatchObject([{ kind: 'deletion_cancelled' }]);
    const { dataDir } = running;
    await service({ dataDir, clock, mail: post(server) });
    await server.received(1);
    expect(server.mails[0]?.parsed.subject).toBe('Your account stays');
  });
});

describe('the way to the mail server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const file = (name: string) => join(folder, name);
  const certificate = () => {
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', file('key.pem'), '-out', file('cert.pem')],
    ]);
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(file(name), 'utf8'));
    rmSync(folder, { recursive: true });
    return { key: key!, cert: cert! };
  };
  const { key, cert } = certificate();

  it('is TLS from the first byte, with a password, when the address says so', async () => {
    const server = await mailServer({
      key,
      cert,
      secure: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, answer) =>
        password === 'p@ss word' ? answer(null, { user: username }) : answer(new Error('No.')),
    });
    const url = `smtps://shop:p%40ss%20word@127.0.0.1:${server.port}`;
    const running = await service({ mail: post(server, { url, ca: cert }) });
    await enqueue(running, activation('zoe@example.org'));
    await server.received(1);
    expect(server.mails[0]).toMatchObject({ secure: true, user: 'shop' });
  });

  it('is STARTTLS where it is offered', async () => {
    const server = await mailServer({ key, cert });
    const url = `smtp://127.0.0.1:${server.port}?requireTLS=true`;
    const running = await service({ mail: post(server, { url, ca: cert }) });
    await enqueue(running, activation('zoe@example.org'));
    await server.received(1);
    expect(server.mails[0]).toMatchObject({ secure: true });
  });

  it.each([
    ['a certificate that nobody vouches for', '', undefined, true],
    ['no STARTTLS where it is required', '?requireTLS=true', undefined, false],
  ])('is not taken with %s', async (_what, query, ca, tls) => {
    const server = await mailServer(tls ? { key, cert } : {});
    const url = `smtp://127.0.0.1:${server.port}${query}`;
    const running = await service({ mail: post(server, { url, ...(ca === undefined ? {} : { ca }) }) });
    await enqueue(running, activation('zoe@example.org'));
    await vi.waitFor(() => expect(lines.join('')).toContain('the mail server cannot be used'));
    expect(server.mails).toEqual([]);
    expect(await running.service.mails.waiting()).toBe(1);
  });

  it('keeps mails while the password is wrong, and the password out of the log', async () => {
    const server = await mailServer({
      key,
      cert,
      secure: true,
      authOptional: false,
      onAuth: (_auth, _session, answer) => answer(new Error('No.')),
    });
    const url = `smtps://shop:wrong-secret@127.0.0.1:${server.port}`;
    const running = await service({ mail: post(server, { url, ca: cert }) });
    await enqueue(running, activation('zoe@example.org'));
    await vi.waitFor(() => expect(lines.join('')).toContain('"code":"EAUTH"'));
    expect(await running.service.mails.waiting()).toBe(1);
    expect(lines.join('')).not.toContain('wrong-secret');
  });
});
