import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { openInbox, type Inbox } from '#scripts/start/inbox/inbox.ts';
import { routes } from '#shared/protocol/routes.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { makeAccount, postTo } from './accounts.ts';
import { runCase } from './case.ts';
import { newPasswords } from './cases/new-password.ts';
import { pokes } from './cases/pokes.ts';
import { openMailbox } from './mailbox.ts';
import { waiting } from './patience.ts';
import { signUps } from './cases/sign-up.ts';
import { suite } from './suite.ts';
import { tamper, type Tampering } from './tampering.ts';
import { personOf, World, type Login } from './world.ts';

let inbox: Inbox;
let folder: string;
let running: RunningService;
let one: Login;
let other: Login;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-mails-'));
  inbox = await openInbox(folder);
  running = await startService({ mail: postTo(inbox.smtpUrl) });
  one = await makeAccount(running, 'one@example.org');
  other = await makeAccount(running, 'other@example.org');
});
afterAll(async () => {
  await running.close();
  await inbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const isPush = (path: string) => path === routes.push;
const isPull = (path: string) => path.startsWith(routes.pull);
interface Pushed {
  replicaId: string;
  mutations: { id: string }[];
}

let waits = 0;

/** Services that do one thing wrong, and a case that has to notice. */
const WRONG: Record<string, [Tampering, caseName: string]> = {
  'runs a repeated request again': [
    {
      times: (path) => (isPush(path) ? 2 : 1),
      // As if it did not remember whom it had heard.
      request: (path, body) =>
        isPush(path)
          ? {
              replicaId: newId(),
              mutations: (body as unknown as Pushed).mutations.map((mutation, i) => ({
                ...mutation,
                id: newId(),
                seq: i + 1,
              })),
            }
          : body,
    },
    'a request that is sent again answers the same and changes nothing',
  ],
  'knows a mutation by its number only': [
    {
      request: (path, body) =>
        isPush(path) && Array.isArray(body['mutations'])
          ? {
              ...body,
              mutations: (body as unknown as Pushed).mutations.map((mutation) => ({
                ...mutation,
                id: newId(),
              })),
            }
          : body,
    },
    'a mutation that came under another name is not run again, and has the same outcome',
  ],
  'forgets to tell rejections': [
    { answer: (path, body) => (isPull(path) ? { ...body, rejections: [] } : body) },
    'they are told by every pull until the replica has them',
  ],
  'counts before the last page': [
    { answer: (path, body) => (isPull(path) ? { lastSeq: 0, ...body } : body) },
    'gives the same in small pages as in large ones, and no more than was asked for',
  ],
  'names no mutation with its number': [
    { answer: (_path, { lastId: _lastId, ...body }) => body },
    'names the newest mutation of the replica with its number',
  ],
  'answers another cursor than was asked with': [
    { answer: (path, body) => (isPull(path) ? { ...body, after: null } : body) },
    'answers what is new after a cursor, in the order of revisions',
  ],
  'answers without what it was asked with': [
    { answer: (path, body) => (isPull(path) ? { ...body, ask: undefined } : body) },
    'answers what is new after a cursor, in the order of revisions',
  ],
  'hides deletions': [
    {
      answer: (path, body) =>
        isPull(path)
          ? { ...body, changes: (body['changes'] as { op: string }[]).filter(({ op }) => op !== 'del') }
          : body,
    },
    'tells deletions',
  ],
  'draws the device secret anew': [
    {
      answer: (path, body) =>
        path === routes.signIn ? { ...body, deviceSecret: randomBytes(32).toString('base64url') } : body,
    },
    'tell an account one device secret, at sign-in only',
  ],
  'tells the device secret at a refresh': [
    {
      answer: (path, body) =>
        path === routes.refresh ? { ...body, deviceSecret: randomBytes(32).toString('base64url') } : body,
    },
    'tell an account one device secret, at sign-in only',
  ],
  'tells who has an account when a new password is asked for': [
    {
      answer: (path, body) => (path === routes.resetMail ? { ...body, againInSeconds: (waits += 1) } : body),
    },
    'is asked for with the same answer for an account, a sign-up that waits, and nobody',
  ],
  'says nothing of a gap': [
    { answer: (_path, { stopped: _stopped, ...body }) => body },
    'a gap stops the batch and says what is expected',
  ],
};

const CASES = new Map(suite.flatMap(({ cases }) => cases.map((one) => [one.name, one])));

describe('the suite notices a service that', () => {
  it.each(Object.keys(WRONG))('%s', async (name) => {
    const [tampering, noticing] = WRONG[name]!;
    const [mine, theirs] = [await personOf(running.url, one), await personOf(running.url, other)];
    const around = { mailbox: openMailbox(inbox.url), patience: waiting(3) };
    const good = new World(running.url, mine, theirs, around);
    await runCase(CASES.get(noticing)!, good);
    const wrong = await tamper(running.url, tampering);
    const world = new World(wrong.url, mine, theirs, around);
    await expect(CASES.get(noticing)!.run(world)).rejects.toThrow();
    await wrong.close();
  });
});

const program = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
/** Flags of two accounts that nobody has worked with. */
async function newAccounts(of = running): Promise<string[]> {
  const [mine, theirs] = [
    await makeAccount(of, `${newId()}@example.org`),
    await makeAccount(of, `${newId()}@example.org`),
  ];
  return ['--email', mine.email, '--password', mine.password, '--other-email', theirs.email];
}

/** How many baskets and notices people would see, of all accounts. */
async function alive(): Promise<number> {
  const rows = await running.service.store.db
    .selectFrom('entities')
    .select('change')
    .where('type', 'in', ['basket', 'notice'])
    .where('deleted_at', 'is', null)
    .execute();
  return rows.filter(({ change }) => JSON.parse(change).value.deletedAt === undefined).length;
}

describe('the program', () => {
  it('ends with 0 when all that can be seen is well, run after run, and leaves no basket behind', async () => {
    const accounts = await newAccounts();
    const before = await alive();
    for (let i = 0; i < 2; i += 1) {
      const { code, stdout, stderr } = await program('--service', running.url, ...accounts);
      expect({ code, stderr, failed: stdout.match(/^ {2}FAIL.*/gm) }).toEqual({
        code: 0,
        stderr: '',
        failed: null,
      });
      const skipped = stdout.match(/^ {2}skip .*: (needs --mailbox|takes \d+ s, see --patience)$/gm)!.length;
      expect(skipped).toBeLessThan(signUps.cases.length + newPasswords.cases.length);
      expect(stdout).toContain(`\n${CASES.size - skipped} passed, 0 failed, ${skipped} skipped\n`);
    }
    expect(await alive()).toBe(before);
  });

  it('opens accounts when it is told where the mails are, and waits no longer than it is told to', async () => {
    // Of its own: a network that asks for many mails has to wait.
    const fresh = await startService({ mail: postTo(inbox.smtpUrl) });
    try {
      const around = ['--mailbox', inbox.url, '--patience', '10'];
      const { stdout, stderr } = await program(
        '--service',
        fresh.url,
        ...around,
        ...(await newAccounts(fresh)),
      );
      expect({ stderr, notOk: stdout.match(/^ {2}(FAIL|skip).*/gm) }).toEqual({
        stderr: '',
        notOk: [
          '  skip  takes a link and its code for 24 hours: takes 86400 s, see --patience',
          '  skip  is mailed again after the wait that was told, and leaves the older link good: takes 60 s, see --patience',
          '  skip  is replaced within 30 minutes: takes 1800 s, see --patience',
        ],
      });
      const open = await fresh.service.store.db
        .selectFrom('accounts')
        .select('email')
        .where('email', 'like', '%@conformance.example')
        .where('deleted_at', 'is', null)
        .execute();
      expect(open).toEqual([]);
    } finally {
      await fresh.close();
    }
  });

  it('ends with 1 and says which case failed', async () => {
    const wrong = await tamper(running.url, WRONG['says nothing of a gap']![0]);
    const { code, stdout } = await program('--service', wrong.url, ...(await newAccounts()));
    await wrong.close();
    expect(code).toBe(1);
    expect(stdout).toContain('  FAIL  a gap stops the batch and says what is expected\n');
    // What stands between cannot stream.
    const failed = stdout.match(/^ {2}FAIL.*/gm)!.length;
    expect(failed).toBeLessThan(6 + pokes.cases.length);
    const skipped = stdout.match(/^ {2}skip/gm)!.length;
    const passed = CASES.size - failed - skipped;
    expect(stdout).toContain(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  });

  it('ends with 2 when it cannot begin', async () => {
    const closed = await tamper(running.url, {});
    await closed.close();
    expect(await program('--service', closed.url, ...(await newAccounts()))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('ECONNREFUSED'),
    });
    const mailbox = ['--mailbox', running.url];
    expect(await program('--service', running.url, ...mailbox, ...(await newAccounts()))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('The mailbox cannot be read'),
    });
    expect(await program('--service', running.url)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--email is missing'),
    });
  });
});
