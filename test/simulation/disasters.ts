import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Result } from '#shared/ipc/errors.ts';
import { isSignedOut, signIn } from './acts.ts';
import { openCache } from '#test/support/keys.ts';
import type { DiskFault } from './faulty-disk.ts';
import type { Replica } from './replica.ts';
import { demand } from './violation.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;

/** Starts the app on its folder, whatever state that is in. */
export async function start(world: World, replica: Replica): Promise<void> {
  if (replica.running) return;
  replica.start();
  await world.settle();
  world.note(`${replica.name} starts`);
}

export async function stop(world: World, replica: Replica): Promise<void> {
  if (!replica.running) return;
  let done = false;
  const stopping = replica.stop().then(() => (done = true));
  await world.settle();
  demand(done, 0, `${replica.name} does not end`);
  await stopping;
  world.note(`${replica.name} is closed`);
}

export async function kill(world: World, replica: Replica): Promise<void> {
  if (!replica.running) return;
  await replica.kill();
  world.note(`${replica.name} is killed`);
}

/** From one of the next writes on the process is dead. */
export function killSoon(world: World, replica: Replica): void {
  const after = world.random.int(1, world.random.pick([10, 40, 120]));
  replica.running?.disk.arm({
    kind: 'kill',
    after,
    snapshot: () => (replica.leftBehind = replica.copyFolder()),
  });
}

export function failSoon(world: World, replica: Replica): void {
  const { random } = world;
  // The last moment is the worst: the journal has the change by then.
  const last = random.chance(0.4);
  const fault: DiskFault = {
    kind: random.pick(['full', 'io', 'file'] as const),
    after: random.int(1, last ? 2 : 30),
    times: random.pick([1, 1, 3, 20]),
    ...(last && { only: /^COMMIT/ }),
  };
  replica.running?.disk.arm(fault);
  world.note(
    `${replica.name}: the disk fails (${fault.kind}) from ${last ? 'COMMIT' : 'write'} ${fault.after} on, ${fault.times} times`,
  );
}

export function saveCopy(world: World, replica: Replica): void {
  if (replica.copies.length >= 3 || !replica.known || replica.spoiled) return;
  replica.copies.push({ folder: replica.copyFolder(), disk: replica.disk.copy() });
  world.note(`${replica.name}: its folder is copied aside`);
}

/** The folder is put back from a copy; the keyring is not. */
export async function setBack(world: World, replica: Replica): Promise<void> {
  const copy = world.random.maybe(replica.copies);
  if (!copy) return;
  await stop(world, replica);
  replica.useFolder(replica.copyFolder(copy.folder));
  replica.disk = copy.disk.copy();
  replica.spoiled = false;
  world.note(`${replica.name}: its folder is set back`);
  await start(world, replica);
}

/** The keyring has lost what it kept: nothing here opens the account before somebody signs in, and nothing of it is lost. */
export async function forgetKeyring(world: World, replica: Replica): Promise<void> {
  await stop(world, replica);
  replica.secrets.clear();
  world.note(`${replica.name}: the keyring forgets everything`);
  await start(world, replica);
}

/** Another computer gets an image of this one, folder and keyring. */
export async function clone(world: World, replica: Replica): Promise<void> {
  const twin = world.random.maybe(
    world.replicas.filter((other) => other !== replica && other.account === replica.account),
  );
  if (!twin || !replica.known || replica.spoiled) return;
  await stop(world, twin);
  const copy = replica.copyFolder();
  twin.useFolder(copy);
  twin.disk = replica.disk.copy();
  twin.takeKeyringOf(replica);
  twin.spoiled = false;
  twin.everSpoiled ||= replica.everSpoiled;
  world.note(`${twin.name} becomes a clone of ${replica.name}`);
  await start(world, twin);
}

/** A file of a closed app is spoiled: the database or its journal, never both before the app has run again. */
export async function spoilFiles(world: World, replica: Replica): Promise<void> {
  if (replica.spoiled || !replica.known) return;
  await (world.random.chance(0.5) ? stop(world, replica) : kill(world, replica));
  const { random } = world;
  const path = random.weighted([
    [3, replica.cache],
    [1, `${replica.cache}-wal`],
    [3, replica.journal],
  ]);
  if (!existsSync(path) || statSync(path).size === 0) return start(world, replica);
  const how = random.pick(['cut', 'flip', 'page'] as const);
  const size = statSync(path).size;
  const file = openSync(path, 'r+');
  if (how === 'cut') ftruncateSync(file, random.int(0, size));
  else if (how === 'page')
    writeSync(
      file,
      Buffer.alloc(Math.min(4096, size), 0xa5),
      0,
      Math.min(4096, size),
      random.int(0, Math.max(0, size - 4096)),
    );
  else flip(file, path, random.float());
  closeSync(file);
  replica.spoiled = path !== replica.journal;
  replica.everSpoiled = true;
  // A log that is cut takes the last commits with it, whole ones: the base is older again.
  replica.disk.revs.clear();
  world.note(`${replica.name}: ${how} in ${path.slice(path.lastIndexOf('/') + 1)}`);
  await start(world, replica);
}

/** One bit, anywhere. */
function flip(file: number, path: string, where: number): void {
  const bytes = readFileSync(path);
  const at = Math.floor(where * bytes.length);
  writeSync(file, Buffer.of((bytes[at] ?? 0) ^ 4), 0, 1, at);
}

/** Whether the database can be trusted again: rebuilt, or never hurt where it matters. The engine finds out by reading. */
export async function look(world: World, replica: Replica): Promise<void> {
  const { account } = replica;
  const healthy = await world.call(replica, 'read all', async ({ handlers }) => {
    const answers: Result<unknown>[] = [await handlers['account.get'](undefined)];
    for (const id of [...account.baskets, account.countingBasket])
      answers.push(await handlers['baskets.get']({ id }));
    answers.push(await handlers['changes.list'](undefined));
    const status = await handlers['sync.status'](undefined);
    const kinds = [...answers, status].map((answer) => (answer.ok ? undefined : answer.error.kind));
    return status.ok && !kinds.some((kind) => kind === 'database_damaged' || kind === 'file_error');
  });
  if (healthy === true && isWhole(replica)) replica.spoiled = false;
}

function isWhole({ cache, everKept }: Replica): boolean {
  try {
    const db = openCache(cache, { readonly: true }, everKept);
    try {
      const values = db.prepare(
        `SELECT b.sum, t.body FROM base b JOIN bodies t ON t.pk = b.body
         UNION ALL SELECT sum, body FROM overlay WHERE body IS NOT NULL UNION ALL SELECT sum, body FROM staged`,
      );
      const rows = values.all() as { sum: number; body: Buffer }[];
      return (
        db.pragma('integrity_check', { simple: true }) === 'ok' &&
        rows.every(({ sum, body }) => crc32(body) === sum)
      );
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

export function wrongClock(world: World, replica: Replica): void {
  replica.clockOffset = world.random.pick([0, -DAY_MS, DAY_MS, -3_600_000]);
  world.note(`${replica.name}: the clock is ${replica.clockOffset / 1000} s off`);
}

export async function otherVersion(world: World, replica: Replica): Promise<void> {
  await stop(world, replica);
  replica.appVersion = world.random.int(1, 3);
  world.note(`${replica.name}: version ${replica.appVersion}`);
  await start(world, replica);
}

/** A newer app has been here, with a schema that this one does not know: nothing may be touched until the newer one is back. */
export async function newerDatabase(world: World, replica: Replica): Promise<void> {
  if (!replica.known || replica.spoiled || (await isNobody(world, replica))) return;
  await stop(world, replica);
  const version = setVersion(replica, 999);
  await start(world, replica);
  const answer = await world.call(replica, 'make', ({ handlers }) =>
    handlers['changes.make']({ name: 'basket.create', args: { id: world.random.id(0), name: 'x' } }),
  );
  demand(
    answer?.ok === false && answer.error.kind === 'database_newer',
    0,
    `${replica.name} uses a newer database`,
  );
  await stop(world, replica);
  setVersion(replica, version);
  world.note(`${replica.name}: was downgraded for a while`);
  await start(world, replica);
}

/** Where the keyring has forgotten everything nobody is shown, so that nothing is opened. */
async function isNobody(world: World, replica: Replica): Promise<boolean> {
  const answer = await world.call(replica, 'session', ({ handlers }) => handlers['session.get'](undefined));
  return answer?.ok === true && answer.value.state === 'signed_out';
}

function setVersion({ cache, everKept }: Replica, version: number): number {
  const db = openCache(cache, {}, everKept);
  const before = db.pragma('user_version', { simple: true }) as number;
  db.pragma(`user_version = ${version}`);
  db.close();
  return before;
}

export async function backUp(world: World): Promise<void> {
  if (world.backups.length >= 3) return;
  const models = new Map(
    world.accounts.map((account) => [
      account.id,
      { model: account.model.backup(), takenAs: new Map(account.takenAs) },
    ]),
  );
  world.backups.push({ name: world.service.backup(), models });
  world.note('the service is backed up');
  await Promise.resolve();
}

export async function restore(world: World): Promise<void> {
  const backup = world.random.maybe(world.backups);
  if (!backup) return;
  const told = world.random.chance(0.7);
  await world.service.restore(backup.name, told);
  for (const account of world.accounts) {
    const then = backup.models.get(account.id);
    if (!then) throw new Error('an account without a backup');
    account.model.restore(then.model);
    account.takenAs = new Map(then.takenAs);
    account.silent = !told;
  }
  world.note(`the service is set back, ${told ? 'and says so' : 'silently'}`);
}

/** Days pass, and the service forgets deletions. */
export async function purge(world: World): Promise<void> {
  await world.time.pass(3 * DAY_MS, () => world.settle());
  await world.service.service.tidy();
  world.note('deletions are forgotten');
}

export async function signInAgain(world: World, replica: Replica): Promise<void> {
  if (await isSignedOut(world, replica)) await signIn(world, replica);
}
