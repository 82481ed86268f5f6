import BetterSqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { checksum } from '#core/db/checksum.ts';
import { typeCodes } from '#core/db/codes.ts';
import { idBytes } from '#core/db/ids.ts';
import { getMeta } from '#core/db/meta.ts';
import { migrations } from '#core/db/migrations.ts';
import { Store } from '#core/db/store.ts';
import { Writes } from '#core/db/writes.ts';
import { Queries } from '#core/queries/queries.ts';
import { Applier } from '#core/sync/applier.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders, NO_NEWS } from '#test/support/engine.ts';
import { anOrder, aVehicle } from '#test/support/entities.ts';

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

it('counts lines by their own vehicle in what an older version has stored', async () => {
  const path = `${folders.make()}/cache.db`;
  const [own, other] = [newId(), newId()];
  const [line] = anOrder().lines;
  if (!line) throw new Error('an order has a line');
  const totals = { goodsExclVat: 5000, depositExclVat: 0, shippingExclVat: 500, vat: 1100, inclVat: 6600 };
  const order = anOrder({
    vehicleId: own,
    lines: [line, { ...line, id: newId(), vehicleId: other }],
    totals,
  });
  const whole = anOrder({ number: 'C0000002', vehicleId: other });
  const values = [
    { type: 'vehicle', id: own, value: aVehicle() },
    { type: 'vehicle', id: other, value: aVehicle({ plate: 'EF-456-GH' }) },
    { type: 'order', id: newId(), value: order },
    { type: 'order', id: newId(), value: whole },
  ];
  const before = new Store(path, () => undefined);
  await new Applier(new Writes(before)).apply({
    changes: values.map((value, at) => ({ op: 'put' as const, rev: at + 1, ...value })),
    bodies: values.map(({ value }) => Buffer.from(JSON.stringify(value))),
    cursor: 'c',
    hasMore: false,
    epoch: 'e',
    remaining: undefined,
    ...NO_NEWS,
  });
  await before.close();
  // As version 2 had them: no shares, and everything with the order's own vehicle.
  const old = new BetterSqlite(path);
  old.exec(
    'ALTER TABLE order_vehicle DROP COLUMN excl_share; ALTER TABLE order_vehicle DROP COLUMN incl_share; DROP INDEX changes_by_subject; ALTER TABLE changes DROP COLUMN undoes',
  );
  old.exec(`DELETE FROM spending; INSERT INTO spending
    SELECT '2026-03', vehicle, count(*), sum(excl), sum(incl) FROM orders GROUP BY vehicle`);
  old.pragma('user_version = 2');
  old.close();

  const store = new Store(path, () => undefined);
  const queries = new Queries(store, { downloading: () => false, ids: () => [], version: () => 0 });
  const now = Date.parse('2026-03-10T09:00:00Z');
  const spent = [
    { vehicleId: own, exclVat: 3000, inclVat: 3600 },
    { vehicleId: other, exclVat: 5000, inclVat: 6000 },
  ];
  const month = queries.home(now).spending.months.at(-1);
  expect(month).toMatchObject({ exclVat: 8000, inclVat: 9600 });
  expect(month?.byVehicle).toEqual(expect.arrayContaining(spent));
  for (const { vehicleId, exclVat, inclVat } of spent)
    expect(queries.vehicle(vehicleId, now)?.row).toMatchObject({
      spentExclVat: exclVat,
      spentInclVat: inclVat,
    });
  await store.close();
});
