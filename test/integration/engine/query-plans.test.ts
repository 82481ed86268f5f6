import { afterAll, beforeAll, expect, it } from 'vitest';
import { Connection } from '#core/db/connection.ts';
import { generateDemo } from '#service/demo/generate.ts';
import { cachePath, Folders, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

/**
 * Runs what the screens ask and looks at how SQLite answers each statement: nothing may read one of the long tables from end to end, nor sort
 * its rows.
 */
let service: RunningService;
let engine: TestEngine;
let path: string;
const folders = new Folders();
const garage = [...generateDemo({ seed: 'plans', today: '2026-11-22', garageOrders: 300 })].find(
  ({ profile }) => profile.kind === 'garage',
);
const entities: Entity[] = [...(garage?.entities ?? [])];
const asked = new Map<string, number>();
const { prototype } = Connection;

beforeAll(async () => {
  service = await startService();
  const accountId = await service.createAccount({ email: 'a@example.org', password: PASSWORD, entities });
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  path = cachePath(engine.folder, accountId);
  await engine.signIn('a@example.org');
  await engine.sync();
  // From here on every statement's text is noted.
  for (const name of ['all', 'get', 'column', 'value'] as const) {
    const original = prototype[name] as (this: Connection, sql: string, ...params: never[]) => unknown;
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: Connection, sql: string, ...params: never[]) {
        asked.set(sql, params.length);
        return original.call(this, sql, ...params);
      },
    });
  }
});
afterAll(async () => {
  await engine.close();
  await service.close();
  folders.clear();
});

it('reads no long table from end to end and sorts none, whatever a screen asks', async () => {
  const { handlers } = engine;
  const vehicle = entities.find(({ type }) => type === 'vehicle')?.id ?? '';
  const order = entities.find(({ type }) => type === 'order')?.id ?? '';
  const invoice = entities.find(({ type }) => type === 'invoice')?.id ?? '';
  const filters = [
    {},
    { vehicle },
    { vehicle: 'none' as const },
    { statuses: ['delivered' as const, 'shipped' as const] },
    { vehicle, statuses: ['delivered' as const] },
    { from: '2026-01-01', to: '2026-06-30' },
    { depositToReturn: true },
    { depositToReturn: true, vehicle },
  ];
  for (const filter of filters) {
    await must(handlers['orders.summary'](filter));
    await must(handlers['orders.page']({ filter, offset: 5, limit: 50 }));
    await must(handlers['orders.position']({ filter, id: order }));
  }
  for (const filter of [
    {},
    { kind: 'credit_note' as const },
    { kind: 'invoice' as const, from: '2026-01-01' },
  ]) {
    await must(handlers['invoices.summary'](filter));
    await must(handlers['invoices.page']({ filter, offset: 5, limit: 50 }));
    await must(handlers['invoices.position']({ filter, id: invoice }));
  }
  for (const filter of [{}, { retired: true }, { text: 'renault 12' }]) {
    await must(handlers['vehicles.count'](filter));
    await must(handlers['vehicles.page']({ filter, offset: 5, limit: 50 }));
    await must(handlers['vehicles.position']({ filter, id: vehicle }));
  }
  await must(handlers['vehicles.get']({ id: vehicle }));
  for (const text of ['', 'renault 12'])
    await must(handlers['vehicles.list']({ text, chosen: vehicle, offset: 5, limit: 50 }));
  await must(handlers['account.get'](undefined));
  const { baskets } = await must(handlers['baskets.list'](undefined));
  await must(handlers['baskets.get']({ id: baskets[0]?.id ?? '' }));
  for (const text of ['', 'b', 'zq', 'plaquette', 'bosch frein', '0986']) {
    await must(handlers['baskets.suggest']({ text, limit: 10 }));
    await must(handlers['baskets.suggest']({ text, vehicle, limit: 10 }));
  }
  await must(handlers['orders.get']({ id: order }));
  await must(handlers['invoices.get']({ id: invoice }));
  await must(handlers['home.get'](undefined));
  await must(handlers['sync.status'](undefined));
  for (const text of ['plaquette', 'bosch frein', '0986', vehicle])
    await must(handlers['search.query']({ text, limit: 10 }));

  expect(asked.size).toBeGreaterThan(40);
  const db = openCache(path, { readonly: true });
  const bad: string[] = [];
  for (const [sql, count] of asked) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: count }, () => 1)) as {
      detail: string;
    }[];
    for (const { detail } of plan)
      if (isBad(detail, sql)) bad.push(`${detail}  <-  ${sql.replace(/\s+/g, ' ')}`);
  }
  // The list of vehicles is long in an account that imports: each stretch of it is read from one index, in its order.
  const lists = [...asked.keys()].filter((sql) => /FROM vehicles WHERE known = 1 AND retired_on/.test(sql));
  for (const sql of lists) {
    const params = Array.from({ length: asked.get(sql) ?? 0 }, () => 1);
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[];
    const details = plan.map(({ detail }) => detail).join('; ');
    expect(details, sql).toMatch(/USING (COVERING )?INDEX vehicles_(in_use|retired)/);
    expect(details, sql).not.toContain('TEMP B-TREE');
  }
  expect(lists.length).toBeGreaterThan(5);
  db.close();
  expect(bad).toEqual([]);
});

/** A list that begins at its first row and stops at its limit is no scan from end to end. */
function isBad(detail: string, sql: string): boolean {
  // How often each part was bought is counted once after a sync that brought something, not for each suggestion.
  if (detail === 'SCAN order_part' && sql.includes('GROUP BY part')) return false;
  // The references of one character are looked for once after a sync likewise.
  if (detail === 'SCAN parts' && sql.includes('char(10)')) return false;
  // Words too short for the index, when they are in hardly any of the parts bought most often: by reading all texts.
  if (detail === 'SCAN parts' && sql.includes('instr(text, ?)')) return false;
  // The changes of one basket or vehicle that are not sent yet: few.
  if (detail === 'USE TEMP B-TREE FOR DISTINCT' && sql.includes('FROM change_refs')) return false;
  const scans = /^SCAN (orders|o|r|i|invoices|base|bodies|order_vehicle|order_part|parts|p)\b/.exec(detail);
  if (scans && !/LIMIT/.test(sql)) return true;
  if (!/USE TEMP B-TREE/.test(detail)) return false;
  // Sums of a filtered range are grouped by a part of the key; rows by their keys are no more than a page.
  return !/GROUP BY (day|j\.key)|ORDER BY j\.key/.test(sql) && !/FROM vehicles|FROM deposits/.test(sql);
}
