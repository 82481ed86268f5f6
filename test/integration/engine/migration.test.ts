import BetterSqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { checksum } from '#core/db/checksum.ts';
import { typeCodes } from '#core/db/codes.ts';
import { idBytes } from '#core/db/ids.ts';
import { getMeta } from '#core/db/meta.ts';
import { migrations } from '#core/db/migrations.ts';
import { Store } from '#core/db/store.ts';
import { Queries } from '#core/queries/queries.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders } from '#test/support/engine.ts';
import { aVehicle } from '#test/support/entities.ts';

const folders = new Folders();
afterEach(() => folders.clear());

it('fills new columns from what an older version has stored, and looks for what it could not read', async () => {
  const path = `${folders.make()}/cache.db`;
  const id = newId();
  const vehicle = aVehicle({
    engine: '1.5 dCi 90',
    vin: 'VF1BR1A0H12345678',
    mileages: [
      { on: '2026-01-05', kilometres: 81_000 },
      { on: '2026-03-01', kilometres: 84_500 },
    ],
  });
  const old = new BetterSqlite(path);
  old.exec(migrations[0]?.sql ?? '');
  old.pragma('user_version = 1');
  const body = Buffer.from(JSON.stringify(vehicle));
  old.prepare('INSERT INTO bodies VALUES (1, ?)').run(body);
  old
    .prepare('INSERT INTO base VALUES (?, ?, 1, ?, 1, 1)')
    .run(typeCodes.code('vehicle'), idBytes(id), checksum(body));
  old
    .prepare("INSERT INTO vehicles VALUES (1, ?, 1, 'AB-123-CD', 'Renault Clio IV', NULL, 'old')")
    .run(idBytes(id));
  old.prepare("INSERT INTO meta VALUES ('app', '0.1.0'), ('schema', 'old'), ('cursor', 'c')").run();
  old.close();

  const store = new Store(path, () => undefined);
  const queries = new Queries(store, { downloading: () => false, ids: () => [], version: () => 0 });
  expect(queries.vehicle(id, Date.parse('2026-03-10T09:00:00Z'))?.row).toMatchObject({
    plate: 'AB-123-CD',
    label: 'Renault Clio IV',
    engine: '1.5 dCi 90',
    vin: 'VF1BR1A0H12345678',
    mileage: { on: '2026-03-01', kilometres: 84_500 },
    pending: false,
  });
  expect(queries.search('dci', 5).vehicles.hits).toHaveLength(1);
  // Without it, whoever syncs next compares what it reads with what was read before.
  expect(getMeta(store.reader, 'app')).toBeUndefined();
  expect(getMeta(store.reader, 'cursor')).toBe('c');
  await store.close();
});
