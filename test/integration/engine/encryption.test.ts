import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPlainSqlite } from '#core/db/sqlite.ts';
import { JournalFile } from '#core/outbox/journal-file.ts';
import { newId } from '#shared/domain/ids.ts';
import { cachePath, kindOf, must, PASSWORD, testHost } from '#test/support/engine.ts';
import type { TestEngine, TestHost } from '#test/support/engine.ts';
import { aVehicle, anOrder } from '#test/support/entities.ts';
import { journalLines, openCache } from '#test/support/keys.ts';
import { basketNames, proxiedEngines } from '#test/support/proxied-engines.ts';

/** Planted into everything that an account holds, to be looked for in the files. */
const PLATE = 'QZ-731-XK';
const ORDER = 'ORD-PLANTED-77';
const BASKET = 'Panier planté';

const engines = proxiedEngines();

interface Device {
  host: TestHost;
  folder: string;
  email: string;
  accountId: string;
}

/** A computer with one account: everything read, one basket made and not sent, closed. */
async function device(host = testHost()): Promise<Device> {
  const email = `planted-${newId()}@example.org`;
  const accountId = await engines.service.createAccount({
    email,
    password: PASSWORD,
    entities: [
      { type: 'order', id: newId(), value: anOrder({ number: ORDER }) },
      { type: 'vehicle', id: newId(), value: aVehicle({ plate: PLATE }) },
    ],
  });
  const folder = engines.folders.make();
  const engine = engines.open({ host, folder });
  await engine.signIn(email);
  await engine.sync();
  await engines.makeOffline(engine, BASKET);
  await engines.closeAll();
  engines.proxy.rule = undefined;
  return { host, folder, email, accountId };
}

const journal = ({ folder, accountId }: Device): string =>
  join(folder, 'accounts', accountId, 'changes.journal');
const signIn = ({ email }: Device, engine: TestEngine) => engine.signIn(email);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('what the engine keeps', () => {
  it('holds no name, address, plate, order number or token that can be read', async () => {
    const of = await device();
    const engine = engines.open(of);
    await must(engine.handlers['search.query']({ text: PLATE, limit: 5 }));
    // While it runs, the log of the database is there too.
    await engine.sync();
    await engines.makeOffline(engine, `${BASKET} 2`);
    const planted = [of.email, 'planted-', PLATE, ORDER, 'Panier plant', ...of.host.secrets.values()];
    const read = filesIn(of.folder);
    expect(read.length).toBeGreaterThan(5);
    for (const path of read) {
      const bytes = readFileSync(path);
      for (const text of planted)
        for (const form of [Buffer.from(text), Buffer.from(text, 'utf16le')])
          expect(bytes.includes(form), `${text} in ${path}`).toBe(false);
    }
    expect(journalLines(journal(of)).join()).toContain(BASKET);
  });

  it('is opened by its own keyring only', async () => {
    const of = await device();
    const thief = engines.open({ folder: of.folder, host: testHost() });
    expect(await must(thief.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    expect(await must(thief.handlers['accounts.list'](undefined))).toMatchObject({ accounts: [], shut: 1 });
  });
});

describe('a keyring that is gone', () => {
  it('loses nothing: signing in again opens what was here', async () => {
    const of = await device();
    of.host.secrets.clear();
    const engine = engines.open(of);
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    await signIn(of, engine);
    expect(await basketNames(engine)).toEqual([BASKET]);
    await engine.sync();
    await engines.closeAll();
    const later = engines.open(of);
    expect(await must(later.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_in' });
    expect(await basketNames(later)).toEqual([BASKET]);
  });

  it('that fails for a while is asked again', async () => {
    const of = await device();
    let broken = true;
    const { loadSecret } = of.host;
    of.host.loadSecret = (id) => (broken ? Promise.resolve(undefined) : loadSecret(id));
    const engine = engines.open(of);
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    await engines.closeAll();
    broken = false;
    const later = engines.open(of);
    expect(await basketNames(later)).toEqual([BASKET]);
  });
});

describe('damage', () => {
  /** One bit, somewhere in the middle. */
  function flip(path: string, where = 0.5): void {
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length * where);
    bytes[at] = (bytes[at] ?? 0) ^ 2;
    writeFileSync(path, bytes);
  }

  function isWhole(path: string): boolean {
    const db = openCache(path, { readonly: true });
    try {
      return db.pragma('integrity_check', { simple: true }) === 'ok';
    } catch (error) {
      expect(error).toMatchObject({
        code: expect.stringMatching(/^SQLITE_(CORRUPT|NOTADB|IOERR)/) as unknown,
      });
      return false;
    } finally {
      db.close();
    }
  }

  it.each([0, 0.2, 0.5, 0.8, 0.999])(
    'of one bit of the database, at %d of it, is noticed where it is read',
    async (where) => {
      const of = await device();
      const cache = cachePath(of.folder, of.accountId);
      flip(cache, where);
      const engine = engines.open(of);
      expect(await basketNames(engine).catch(() => basketNames(engine))).toEqual([BASKET]);
      const { rebuiltAt } = await engine.sync();
      expect(rebuiltAt !== undefined || !isWhole(cache)).toBe(true);
    },
  );

  it('of one bit in either copy of the keys changes nothing', async () => {
    for (const name of ['keys.json', 'keys-copy.json']) {
      const of = await device();
      const path = join(of.folder, 'accounts', of.accountId, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('{', '['));
      expect(await basketNames(engines.open(of))).toEqual([BASKET]);
      await engines.closeAll();
    }
  });

  it('of one bit in the key for the keyring leaves the way through the service', async () => {
    const of = await device();
    for (const name of ['keys.json', 'keys-copy.json']) {
      const path = join(of.folder, 'accounts', of.accountId, name);
      const file = JSON.parse(readFileSync(path, 'utf8')) as { vault: string };
      const vault = `${file.vault.startsWith('A') ? 'B' : 'A'}${file.vault.slice(1)}`;
      writeFileSync(path, JSON.stringify({ ...file, vault }));
    }
    const engine = engines.open(of);
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    await signIn(of, engine);
    expect(await basketNames(engine)).toEqual([BASKET]);
  });

  it('of the list of accounts leaves their folders, which are found by signing in', async () => {
    const of = await device();
    flip(join(of.folder, 'accounts.json'), 0.6);
    const engine = engines.open(of);
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    await signIn(of, engine);
    expect(await basketNames(engine)).toEqual([BASKET]);
  });

  it('that nothing opens any more is set aside whole, and told', async () => {
    const of = await device();
    for (const name of ['keys.json', 'keys-copy.json'])
      writeFileSync(join(of.folder, 'accounts', of.accountId, name), 'gone');
    const engine = engines.open(of);
    await signIn(of, engine);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { orders: 1 } });
    expect(await basketNames(engine)).toEqual([]);
    const aside = join(of.folder, 'accounts', `lost-1-${of.accountId}`);
    expect(readdirSync(aside)).toContain('changes.journal');
    expect(of.host.logged.some(({ level, message }) => level === 'error' && /set aside/.test(message))).toBe(
      true,
    );
  });

  it('an account’s files in the folder of another one open nothing', async () => {
    const host = testHost();
    const [one, two] = [await device(host), await device(host)];
    cpSync(join(one.folder, 'accounts', one.accountId), join(two.folder, 'accounts', two.accountId), {
      recursive: true,
    });
    const engine = engines.open(two);
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
    await signIn(two, engine);
    expect(await basketNames(engine)).toEqual([]);
    expect(await kindOf(engine.handlers['orders.get']({ id: newId() }))).toBe('not_found');
  });
});

describe('files of a former version, in clear', () => {
  /** The same folder as a version without encryption would have left it. */
  function inClear(of: Device): void {
    const account = join(of.folder, 'accounts', of.accountId);
    const db = openCache(cachePath(of.folder, of.accountId));
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    db.pragma("rekey = ''");
    db.close();
    const lines = journalLines(journal(of));
    const file = new JournalFile(journal(of));
    file.replace(lines);
    file.close();
    for (const name of ['keys.json', 'keys-copy.json']) rmSync(join(account, name));
    rmSync(join(of.folder, 'vault.json'));
    const record = {
      id: of.accountId,
      kind: 'private',
      email: of.email,
      displayName: 'P',
      serviceUrl: engines.proxy.url,
      sessionUrl: engines.proxy.url,
      settingsUrl: engines.proxy.url,
      remembered: true,
    };
    writeFileSync(
      join(of.folder, 'accounts.json'),
      JSON.stringify({ version: 1, current: of.accountId, accounts: [record] }),
    );
  }

  it('are shown as before, take no code, and are encrypted by the next sign-in with nothing lost', async () => {
    const of = await device();
    inClear(of);
    expect(isPlainSqlite(cachePath(of.folder, of.accountId))).toBe(true);
    const engine = engines.open(of);
    expect(await basketNames(engine)).toEqual([BASKET]);
    expect(await kindOf(engine.handlers['lock.setCode']({ code: '2468' }))).toBe('not_encrypted');
    await signIn(of, engine);
    expect(await basketNames(engine)).toEqual([BASKET]);
    expect(isPlainSqlite(cachePath(of.folder, of.accountId))).toBe(false);
    await engine.sync();
    await engines.closeAll();
    for (const path of filesIn(of.folder)) {
      const bytes = readFileSync(path);
      for (const text of [of.email, PLATE, ORDER, BASKET])
        expect(bytes.includes(text), `${text} in ${path}`).toBe(false);
    }
    expect(await basketNames(engines.open(of))).toEqual([BASKET]);
  });

  it('are encrypted by the next start when the app was killed in between', async () => {
    const of = await device();
    inClear(of);
    // What such a kill may leave: the keys, half a copy, and everything still in clear.
    const engine = engines.open(of);
    await signIn(of, engine);
    await engines.closeAll();
    const lines = journalLines(journal(of));
    const plain = new JournalFile(journal(of));
    plain.replace(lines);
    plain.close();
    writeFileSync(`${cachePath(of.folder, of.accountId)}.encrypting`, 'half');
    const later = engines.open(of);
    expect(await basketNames(later)).toEqual([BASKET]);
    expect(readFileSync(journal(of), 'utf8')).not.toContain(BASKET);
    expect(readdirSync(join(of.folder, 'accounts', of.accountId)).join()).not.toContain('encrypting');
  });
});
