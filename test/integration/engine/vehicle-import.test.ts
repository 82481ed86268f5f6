import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '#core/env.ts';
import type { EventPayload } from '#shared/ipc/contract.ts';
import { newId } from '#shared/domain/ids.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { ImportPreview, ImportRow } from '#shared/ipc/vehicles.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { aProfile, aVehicle } from '#test/support/entities.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

const TODAY = '2026-11-22';
const VIN = 'VF1RFB00566123456';
const HEADER = 'Immatriculation;VIN;Marque;Modèle;Kilométrage;Date du relevé;Client;Notes';

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

async function withFleet(...fleet: Vehicle[]): Promise<{ engine: TestEngine; ids: string[] }> {
  const email = `${newId()}@example.org`;
  const ids = fleet.map(() => newId());
  const profile: Entity = { type: 'profile', id: newId(), value: aProfile({ email }) };
  const entities = fleet.map((value, n): Entity => ({ type: 'vehicle', id: ids[n] ?? '', value }));
  await service.createAccount({ email, password: PASSWORD, entities: [profile, ...entities] });
  const clock = { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00.000Z`) };
  const engine = openTestEngine({ url: service.url, folder: folders.make(), env: { clock } });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return { engine, ids };
}

function file(engine: TestEngine, content: string | Buffer, name = 'parc.csv'): string {
  const path = join(engine.folder, name);
  writeFileSync(path, content);
  return path;
}

const previewed = (engine: TestEngine, content: string): Promise<ImportPreview> =>
  must(engine.handlers['vehicles.importPreview']({ path: file(engine, content) }));

async function rowsOf(
  engine: TestEngine,
  importId: string,
  verdict?: ImportRow['verdict'],
): Promise<ImportRow[]> {
  const of = verdict && { verdict };
  return must(engine.handlers['vehicles.importRows']({ importId, ...of, offset: 0, limit: 500 }));
}

const fleet: Vehicle[] = [
  aVehicle({
    vin: VIN,
    engine: '1.5 dCi "90"; boîte 6',
    firstRegistration: '2015-03-04',
    mileages: [
      { on: '2026-06-01', kilometres: 90_000 },
      { on: '2026-01-10', kilometres: 80_000 },
    ],
    customerName: '=SUM(A1)',
    notes: 'un\ndeux, « trois »\n- quatre',
  }),
  aVehicle({ plate: '1234 AB 56', model: "-'+@", notes: "'=x" }),
  aVehicle({ plate: 'AB-123-CD', vin: 'VF1RFB00566999999', model: 'Une autre, même plaque' }),
  aVehicle({
    plate: 'w-123',
    make: 'Škoda',
    model: 'Octavia  III',
    mileages: [{ on: TODAY, kilometres: 0 }],
  }),
];
const retired = aVehicle({ plate: 'SO-001-LD', retiredOn: '2026-02-01', customerName: 'Zoé' });

it.each(['fr', 'en'] as const)(
  'reads back all that an export in %s wrote, and finds nothing to change',
  async (language) => {
    const { engine } = await withFleet(...fleet, retired);
    await must(
      engine.handlers['settings.apply']({ serviceUrl: service.url, keepInvoiceMonths: 0, language }),
    );
    for (const [filter, count] of [
      [{}, 4],
      [{ retired: true }, 1],
      [{ text: 'skoda' }, 1],
    ] as const) {
      const path = join(engine.folder, 'export.csv');
      expect(await must(engine.handlers['exports.vehiclesCsv']({ filter, path }))).toEqual({ count });
      const preview = await must(engine.handlers['vehicles.importPreview']({ path }));
      expect(preview).toMatchObject({
        fileName: 'export.csv',
        encoding: 'utf-8',
        separator: language === 'fr' ? ';' : ',',
        missing: [],
        counts: { add: 0, change: 0, same: count, invalid: 0 },
      });
      expect(preview.columns.map(({ column }) => column)).toEqual([
      'plate', 'vin', 'make', 'model', 'engine', 'firstRegistration', 'mileage', 'mileageOn', 'customerName', 'notes', undefined,
    ]); // prettier-ignore
    }
  },
);

it('carries a fleet whole from one account to another', async () => {
  const { engine: from } = await withFleet(...fleet);
  const { engine: to } = await withFleet();
  const path = join(from.folder, 'export.csv');
  await must(from.handlers['exports.vehiclesCsv']({ filter: {}, path }));
  const { importId, counts } = await must(to.handlers['vehicles.importPreview']({ path }));
  expect(counts).toEqual({ add: 4, change: 0, same: 0, invalid: 0 });
  expect(await must(to.handlers['vehicles.importApply']({ importId, jobId: newId() }))).toEqual({
    added: 4,
    changed: 0,
    skipped: 0,
  });
  await to.sync();
  const again = join(to.folder, 'again.csv');
  await must(to.handlers['exports.vehiclesCsv']({ filter: {}, path: again }));
  const { counts: rest } = await must(from.handlers['vehicles.importPreview']({ path: again }));
  expect(rest).toEqual({ add: 0, change: 0, same: 4, invalid: 0 });
});

it('does what the preview showed: adds, changes, and leaves alone', async () => {
  const { engine, ids } = await withFleet(...fleet);
  const progress: EventPayload<'job'>[] = [];
  engine.on('job', (event) => progress.push(event));
  const { importId, counts } = await previewed(
    engine,
    `${HEADER}\nef456gh;;Peugeot;208;12 000 km;01/02/2026;Anna;\n1234AB56;;;Berlingo;5000;;Léa;\n;${VIN};;;95000;01/09/2026;;\nXX;bad;;;;;;\nw 123;;;;;;;\n`,
  );
  expect(counts).toEqual({ add: 1, change: 2, same: 1, invalid: 1 });
  const shown = await rowsOf(engine, importId);
  expect(shown.map(({ line, verdict }) => [line, verdict])).toEqual([
    [2, 'add'],
    [3, 'change'],
    [4, 'change'],
    [5, 'invalid'],
    [6, 'same'],
  ]);
  expect(await rowsOf(engine, importId, 'change')).toEqual([shown[1], shown[2]]);
  expect(await must(engine.handlers['vehicles.importRows']({ importId, offset: 4, limit: 2 }))).toEqual([
    shown[4],
  ]);
  const jobId = newId();
  expect(await must(engine.handlers['vehicles.importApply']({ importId, jobId }))).toEqual({
    added: 1,
    changed: 2,
    skipped: 0,
  });
  expect(progress.at(-1)).toEqual({ jobId, done: 3, total: 3 });
  // Shown at once, sent afterwards, and then what the service has.
  const check = async (): Promise<void> => {
    const [added] = await must(
      engine.handlers['vehicles.page']({ filter: { text: 'ef456gh' }, offset: 0, limit: 5 }),
    );
    expect(added).toMatchObject({
      plate: 'EF-456-GH',
      label: 'Peugeot 208',
      customerName: 'Anna',
      mileage: { on: '2026-02-01', kilometres: 12_000 },
    });
    const changed = await must(engine.handlers['vehicles.get']({ id: ids[1] ?? '' }));
    expect(changed.vehicle).toEqual({
      ...fleet[1],
      model: 'Berlingo',
      customerName: 'Léa',
      mileages: [{ on: TODAY, kilometres: 5000 }],
    });
    const read = await must(engine.handlers['vehicles.get']({ id: ids[0] ?? '' }));
    expect(read.row.mileage).toEqual({ on: '2026-09-01', kilometres: 95_000 });
    expect(read.vehicle.notes).toBe(fleet[0]?.notes);
  };
  await check();
  const status = await engine.sync();
  expect(status.changes).toMatchObject({ waiting: 0, refused: 0 });
  await check();
  // Used up.
  expect(await kindOf(engine.handlers['vehicles.importApply']({ importId, jobId }))).toBe('not_found');
  expect(await kindOf(engine.handlers['vehicles.importRows']({ importId, offset: 0, limit: 5 }))).toBe(
    'not_found',
  );
});

it('passes over rows that would no longer do what was shown', async () => {
  const { engine, ids } = await withFleet(...fleet);
  const { importId } = await previewed(
    engine,
    `${HEADER}\n1234AB56;;;Berlingo;;;;\nEF-456-GH;;A;B;;;;\nw 123;;Tatra;;;;;\n`,
  );
  const make = (name: string, args: object) => must(engine.handlers['changes.make']({ name, args }));
  await make('vehicle.setField', { id: ids[1], field: 'model', value: 'Jumpy' });
  await make('vehicle.add', { id: newId(), vehicle: { plate: 'EF-456-GH', make: 'A', model: 'B' } });
  expect(await must(engine.handlers['vehicles.importApply']({ importId, jobId: newId() }))).toEqual({
    added: 0,
    changed: 1,
    skipped: 2,
  });
  expect(await must(engine.handlers['vehicles.get']({ id: ids[1] ?? '' }))).toMatchObject({
    vehicle: { model: 'Jumpy' },
  });
  expect(await must(engine.handlers['vehicles.count']({}))).toBe(5);
});

it('leaves out only the rows to blame when a change is refused', async () => {
  const full = Array.from({ length: 500 }, (_, day) => ({
    on: new Date(Date.UTC(2020, 0, day + 1)).toISOString().slice(0, 10),
    kilometres: day,
  }));
  const { engine } = await withFleet(
    aVehicle({ plate: 'AA-001-AA', mileages: full }),
    aVehicle({ plate: 'AA-002-AA' }),
    aVehicle({ plate: 'AA-003-AA' }),
  );
  const { importId, counts } = await previewed(
    engine,
    `${HEADER}\nAA-001-AA;;;;999;;;\nAA-002-AA;;;;999;;;\nAA-003-AA;;;;999;;;\n`,
  );
  expect(counts.change).toBe(3);
  expect(await must(engine.handlers['vehicles.importApply']({ importId, jobId: newId() }))).toEqual({
    added: 0,
    changed: 2,
    skipped: 1,
  });
});

it('says how far it came when it is cancelled, and shows the rest when asked again', async () => {
  const { engine } = await withFleet();
  const lines = Array.from({ length: 1000 }, (_, n) => `ZZ-${n};;A;B;;;;`);
  const content = `${HEADER}\n${lines.join('\n')}\n`;
  const { importId } = await previewed(engine, content);
  const jobId = newId();
  engine.on('job', ({ done }) => {
    if (done >= 300) void engine.handlers['jobs.cancel']({ jobId });
  });
  const applied = await must(engine.handlers['vehicles.importApply']({ importId, jobId }));
  expect(applied).toEqual({ added: 300, changed: 0, skipped: 0, cancelled: true });
  expect(await must(engine.handlers['vehicles.count']({}))).toBe(300);
  expect((await previewed(engine, content)).counts).toEqual({ add: 700, change: 0, same: 300, invalid: 0 });
});

it('keeps the newest preview only, and answers other calls while it reads', async () => {
  const { engine } = await withFleet(...fleet);
  const first = await previewed(engine, `${HEADER}\nEF-456-GH;;A;B;;;;\n`);
  const lines = Array.from({ length: 20_000 }, (_, n) => `ZZ-${n};;A;B;;;;${'note '.repeat(10)}`);
  let answered = 0;
  let reading = true;
  const others = (async () => {
    while (reading) {
      await new Promise((resolve) => setImmediate(resolve));
      if (reading) answered += (await must(engine.handlers['vehicles.count']({}))) > 0 ? 1 : 0;
    }
  })();
  const second = await previewed(engine, `${HEADER}\n${lines.join('\n')}\n`);
  reading = false;
  await others;
  expect(second.counts.add).toBe(20_000);
  expect(answered).toBeGreaterThan(10);
  const { importId } = first;
  expect(await kindOf(engine.handlers['vehicles.importRows']({ importId, offset: 0, limit: 5 }))).toBe(
    'not_found',
  );
});

it('says what is wrong with a file that it cannot read', async () => {
  const { engine } = await withFleet();
  const tell = (path: string) => engine.handlers['vehicles.importPreview']({ path });
  const large = file(engine, '', 'large.csv');
  truncateSync(large, 50 * 1024 * 1024 + 1);
  mkdirSync(join(engine.folder, 'folder.csv'));
  for (const [path, error] of [
    [large, { kind: 'unreadable_file', detail: 'larger than 50 MB' }],
    [file(engine, '', 'empty.csv'), { kind: 'unreadable_file', detail: 'empty' }],
    [
      file(engine, Buffer.from('PK\x03\x04\x00', 'latin1'), 'book.csv'),
      { kind: 'unreadable_file', detail: 'a workbook' },
    ],
    [join(engine.folder, 'none.csv'), { kind: 'file_error', detail: 'ENOENT' }],
    [join(engine.folder, 'folder.csv'), { kind: 'file_error', detail: 'EISDIR' }],
  ] as const)
    expect(await tell(path)).toMatchObject({ ok: false, error });
});
