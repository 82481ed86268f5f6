import {
  appendFileSync,
  closeSync,
  cpSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#core/env.ts';
import { systemClock } from '#core/env.ts';
import { newId } from '#shared/domain/ids.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import {
  cachePath,
  dumpCache,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
} from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions, TestHost } from '#test/support/engine.ts';
import { startService, type RunningService } from '#test/support/service.ts';

/** Nothing that was accepted is lost or done twice, whatever happens to the files of the account. */
const NOWHERE = 'http://127.0.0.1:9';
const PART = { reference: 'W 712/94', brand: 'Mann', name: 'Filtre à huile' };

let service: RunningService;
const folders = new Folders();
const open: TestEngine[] = [];

beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(() => service.close());

/** On which nothing is tried again by itself. */
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

interface Device {
  host: TestHost;
  folder: string;
  email: string;
  accountId: string;
  /** Three pieces of a part; the service knows of it. */
  basketId: string;
}

const cache = ({ folder, accountId }: Device): string => cachePath(folder, accountId);
const journal = ({ folder, accountId }: Device): string =>
  join(folder, 'accounts', accountId, 'changes.journal');

function openEngine(
  { host, folder }: Device,
  url = service.url,
  more: Partial<TestEngineOptions> = {},
): TestEngine {
  const engine = openTestEngine({ url, folder, host, env: { clock: stillClock }, ...more });
  open.push(engine);
  return engine;
}

async function make(engine: TestEngine, call: MutationCall): Promise<string> {
  const made = await must(engine.handlers['changes.make'](call));
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}

const add = (basketId: string, quantity: number): MutationCall => ({
  name: 'basket.addLines',
  args: { basketId, lines: [{ part: PART, quantity }] },
});
const quantity = async (engine: TestEngine, id: string): Promise<number> =>
  (await must(engine.handlers['baskets.get']({ id }))).row.quantity;

/** A device that has sent something before. */
async function device(): Promise<Device> {
  const email = `${newId()}@example.org`;
  const accountId = await service.createAccount({ email, password: PASSWORD });
  const of: Device = { host: testHost(), folder: folders.make(), email, accountId, basketId: newId() };
  const engine = openEngine(of);
  await engine.signIn(email);
  await make(engine, { name: 'basket.create', args: { id: of.basketId, name: 'Atelier' } });
  await make(engine, add(of.basketId, 3));
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
  await engine.close();
  return of;
}

/** Makes changes where there is no network: 4 and 5 pieces more. */
async function changeOffline(of: Device): Promise<void> {
  const engine = openEngine(of, NOWHERE);
  expect(await engine.sync()).toMatchObject({ phase: 'offline' });
  await make(engine, add(of.basketId, 4));
  await make(engine, add(of.basketId, 5));
  expect(await quantity(engine, of.basketId)).toBe(12);
  await engine.close();
}

/** What the service has in the end, seen by a device that has never been here. */
async function told(of: Device): Promise<number> {
  const fresh = openEngine({ ...of, host: testHost(), folder: folders.make() });
  await fresh.signIn(of.email);
  await fresh.sync();
  return quantity(fresh, of.basketId);
}

function flip(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.of((readFileSync(path)[at] ?? 0) ^ 1), 0, 1, at);
  closeSync(file);
}

async function sendsAll(of: Device, before: number | null = 12): Promise<void> {
  const engine = openEngine(of);
  if (before !== null) expect(await quantity(engine, of.basketId)).toBe(before);
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
  expect(await quantity(engine, of.basketId)).toBe(12);
  expect(await told(of)).toBe(12);
}

describe('changes that wait come back', () => {
  const damages: [string, (of: Device) => void][] = [
    ['a database that is none', (of) => writeFileSync(cache(of), Buffer.alloc(8192, 'garbage'))],
    ['a database cut short', (of) => truncateSync(cache(of), 100)],
    ['a database that is gone', (of) => rmSync(cache(of))],
  ];
  it.each(damages)('from the journal, after %s', async (_name, damage) => {
    const of = await device();
    await changeOffline(of);
    damage(of);
    const offline = openEngine(of, NOWHERE);
    // What the basket was is gone until the service tells it again; that changes of it wait is not.
    expect(await must(offline.handlers['changes.list'](undefined))).toMatchObject({
      waitingCount: 2,
      waiting: [{ name: 'basket.addLines', subject: { label: 'Atelier' } }, { name: 'basket.addLines' }],
    });
    await offline.close();
    await sendsAll(of, null);
  });

  const broken: [string, (of: Device) => void][] = [
    ['gone', (of) => rmSync(journal(of))],
    ['empty', (of) => truncateSync(journal(of), 0)],
    ['torn in its last line', (of) => truncateSync(journal(of), statSync(journal(of)).size - 7)],
    ['followed by half a line', (of) => appendFileSync(journal(of), '0123abcd {"t":"change","o')],
    ['damaged in its first line', (of) => flip(journal(of), 30)],
    ['damaged in the middle', (of) => flip(journal(of), Math.floor(statSync(journal(of)).size / 2))],
    ['full of nonsense', (of) => writeFileSync(journal(of), 'nonsense\n'.repeat(50))],
  ];
  it.each(broken)(
    'from the database when the journal is %s, which is whole again afterwards',
    async (_name, damage) => {
      const of = await device();
      await changeOffline(of);
      damage(of);
      const repaired = openEngine(of, NOWHERE);
      expect(await quantity(repaired, of.basketId)).toBe(12);
      await repaired.close();
      writeFileSync(cache(of), 'nonsense'.repeat(1000));
      await sendsAll(of, null);
    },
  );

  it('in part when both are damaged at once: what can be read of the journal', async () => {
    const of = await device();
    await changeOffline(of);
    // The last line tells of the second change.
    flip(journal(of), statSync(journal(of)).size - 20);
    writeFileSync(cache(of), 'nonsense'.repeat(1000));
    const engine = openEngine(of);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    expect(await told(of)).toBe(7);
  });

  it('with the decision about a refused one, when the database is lost', async () => {
    const of = await device();
    const [here, there] = [
      openEngine(of, NOWHERE),
      openEngine({ ...of, host: testHost(), folder: folders.make() }),
    ];
    await there.signIn(of.email);
    await there.sync();
    await here.sync();
    const gone = newId();
    await make(there, {
      name: 'vehicle.add',
      args: { id: gone, vehicle: { plate: 'AB-123-CD', make: 'Renault', model: 'Clio' } },
    });
    await there.sync();
    await here.close();
    const again = openEngine(of);
    await again.sync();
    await again.close();
    const offline = openEngine(of, NOWHERE);
    await offline.sync();
    for (const value of ['Ici', 'Ici aussi'])
      await make(offline, {
        name: 'vehicle.setField',
        args: { id: gone, field: value === 'Ici' ? 'customerName' : 'engine', value },
      });
    await offline.close();
    await make(there, {
      name: 'vehicle.setField',
      args: { id: gone, field: 'customerName', value: 'Là-bas' },
    });
    await make(there, { name: 'vehicle.setField', args: { id: gone, field: 'engine', value: '1.5 dCi' } });
    await there.sync();
    const back = openEngine(of);
    expect(await back.sync()).toMatchObject({ changes: { waiting: 0, refused: 2 } });
    const { refused } = await must(back.handlers['changes.list'](undefined));
    await must(back.handlers['changes.letGo']({ id: refused[0]?.id ?? '' }));
    await back.close();
    writeFileSync(cache(of), 'nonsense'.repeat(1000));
    const rebuilt = openEngine(of);
    expect(await rebuilt.sync()).toMatchObject({ changes: { waiting: 0, refused: 1 } });
    const left = (await must(rebuilt.handlers['changes.list'](undefined))).refused;
    expect(left).toMatchObject([{ id: refused[1]?.id, refusal: { kind: 'conflict' }, canSendAgain: true }]);
  });
});

describe('set back to an older copy', () => {
  const copy = (of: Device, to: string): void => cpSync(join(of.folder, 'accounts'), to, { recursive: true });
  const restore = (of: Device, from: string): void => {
    rmSync(join(of.folder, 'accounts'), { recursive: true });
    cpSync(from, join(of.folder, 'accounts'), { recursive: true });
  };

  it('the whole folder, after what waited was sent: it is not done twice', async () => {
    const of = await device();
    await changeOffline(of);
    const older = folders.make();
    copy(of, older);
    await sendsAll(of);
    await Promise.all(open.splice(0).map((engine) => engine.close()));
    restore(of, older);
    const engine = openEngine(of);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    expect(await quantity(engine, of.basketId)).toBe(12);
    expect(await told(of)).toBe(12);
  });

  it('the whole folder, and changed anew under numbers that were used: both are done', async () => {
    const of = await device();
    const older = folders.make();
    copy(of, older);
    await changeOffline(of);
    await sendsAll(of);
    await Promise.all(open.splice(0).map((engine) => engine.close()));
    restore(of, older);
    const offline = openEngine(of, NOWHERE);
    await offline.sync();
    await make(offline, add(of.basketId, 100));
    await offline.close();
    const engine = openEngine(of);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    expect(await quantity(engine, of.basketId)).toBe(112);
    expect(await told(of)).toBe(112);
  });

  it.each([
    ['database', cache],
    ['journal', journal],
  ] as const)('the %s alone', async (_name, which) => {
    const of = await device();
    const older = folders.make();
    for (const side of ['', '-wal']) {
      try {
        cpSync(which(of) + side, join(older, `file${side}`));
      } catch (error) {
        if (side === '') throw error;
      }
    }
    await changeOffline(of);
    for (const side of ['', '-wal', '-shm']) rmSync(which(of) + side, { force: true });
    cpSync(join(older, 'file'), which(of));
    await sendsAll(of);
  });

  it('the database alone, after everything was confirmed', async () => {
    const of = await device();
    const older = folders.make();
    cpSync(cache(of), join(older, 'file'));
    await changeOffline(of);
    const engine = openEngine(of);
    await engine.sync();
    await engine.close();
    for (const side of ['', '-wal', '-shm']) rmSync(cache(of) + side, { force: true });
    cpSync(join(older, 'file'), cache(of));
    await sendsAll(of);
  });

  it('cloned to a second computer: what both do is done, each once', async () => {
    const of = await device();
    await changeOffline(of);
    const twin: Device = { ...of, folder: folders.make(), host: testHost() };
    for (const [id, secret] of of.host.secrets) twin.host.secrets.set(id, secret);
    cpSync(of.folder, twin.folder, { recursive: true });
    const [one, two] = [openEngine(of, NOWHERE), openEngine(twin, NOWHERE)];
    await Promise.all([one.sync(), two.sync()]);
    await make(one, add(of.basketId, 10));
    await make(two, add(of.basketId, 20));
    await Promise.all([one.close(), two.close()]);
    const first = openEngine(of);
    await first.signIn(of.email);
    expect(await first.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    const second = openEngine(twin);
    await second.signIn(of.email);
    expect(await second.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    await first.sync();
    expect(await quantity(first, of.basketId)).toBe(42);
    expect(await told(of)).toBe(42);
    expect(dumpCache(cache(of))).toEqual(dumpCache(cache(twin)));
  });
});

describe('a disk that fails while a change is kept', () => {
  class Stopped extends Error {}
  const failing = (
    when: (what: string) => boolean,
    error: () => Error,
    lasting: boolean,
  ): ((what: string) => void) => {
    let failed = false;
    return (what) => {
      if (!failed && !when(what)) return;
      if (failed && !lasting) return;
      failed = true;
      throw error();
    };
  };
  const full = (): Error => Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });

  it.each(['journal: write', 'journal: sync', 'COMMIT'])(
    'says so at "%s", and has kept nothing',
    async (at) => {
      const of = await device();
      let armed = false;
      const beforeWrite = failing((what) => armed && what === at, full, false);
      const engine = openEngine(of, NOWHERE, { env: { clock: stillClock, beforeWrite } });
      await engine.sync();
      const size = statSync(journal(of)).size;
      armed = true;
      expect(await kindOf(engine.handlers['changes.make'](add(of.basketId, 9)))).toBe('disk_full');
      expect(await quantity(engine, of.basketId)).toBe(3);
      expect(statSync(journal(of)).size).toBe(size);
      await make(engine, add(of.basketId, 4));
      expect(await quantity(engine, of.basketId)).toBe(7);
      await engine.close();
      const later = openEngine(of);
      expect(await later.sync()).toMatchObject({ changes: { waiting: 0 } });
      expect(await told(of)).toBe(7);
    },
  );

  it.each(['BEGIN IMMEDIATE', 'journal: write', 'journal: sync', 'COMMIT'])(
    'killed at "%s", it is whole when it comes back',
    async (at) => {
      const of = await device();
      let armed = false;
      const beforeWrite = failing(
        (what) => armed && what === at,
        () => new Stopped(),
        true,
      );
      const engine = openEngine(of, NOWHERE, { env: { clock: stillClock, beforeWrite } });
      await engine.sync();
      armed = true;
      await expect(Promise.resolve(engine.handlers['changes.make'](add(of.basketId, 9)))).rejects.toThrow();
      // As it is on the disk at that moment, looked at by another process.
      const left: Device = { ...of, folder: folders.make() };
      cpSync(of.folder, left.folder, { recursive: true });
      const later = openEngine(left);
      const shown = await quantity(later, of.basketId);
      // Not answered, so either is right; what is on the disk of the journal is kept.
      expect(shown).toBe(at === 'COMMIT' || at === 'journal: sync' ? 12 : 3);
      expect(await later.sync()).toMatchObject({ changes: { waiting: 0 } });
      expect(await quantity(later, of.basketId)).toBe(shown);
      expect(await told(of)).toBe(shown);
    },
  );
});

it('keeps the journal to its owner', async () => {
  const of = await device();
  expect(statSync(journal(of)).mode & 0o777).toBe(0o600);
});
