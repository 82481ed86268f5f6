import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openInbox, type Inbox } from '#scripts/start/inbox/inbox.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { makeAccount, postTo } from './accounts.ts';
import { runCase } from './case.ts';
import { openMailbox } from './mailbox.ts';
import { suite } from './suite.ts';
import { personOf, World, type Login } from './world.ts';

let inbox: Inbox;
let folder: string;
let running: RunningService;
let logins: [Login, Login];
/** How far the service's clock is ahead: here nobody has to wait. */
let passedMs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-mails-'));
  inbox = await openInbox(folder);
  running = await startService({
    clock: { now: () => Date.now() + passedMs },
    mail: postTo(inbox.smtpUrl),
  });
  logins = [await makeAccount(running, 'one@example.org'), await makeAccount(running, 'other@example.org')];
});
afterAll(async () => {
  await running.close();
  await inbox.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const { title, cases } of suite)
  describe(title, () => {
    let world: World;
    // For each group, since time that passes ends sessions.
    beforeAll(async () => {
      const [one, other] = [await personOf(running.url, logins[0]), await personOf(running.url, logins[1])];
      world = new World(running.url, one, other, {
        mailbox: openMailbox(inbox.url),
        patience: {
          longestSeconds: Infinity,
          pass: (seconds) => {
            passedMs += seconds * 1000;
            return Promise.resolve();
          },
        },
      });
    });
    for (const one of cases) it(one.name, () => runCase(one, world));
  });
