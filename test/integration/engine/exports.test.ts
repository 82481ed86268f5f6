import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { EventPayload } from '#shared/ipc/contract.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, until } from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { anInvoice, anOrder, aProfile, aVehicle } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const PDF = /\/pdf$/;

beforeAll(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
});
afterEach(async () => {
  proxy.rule = undefined;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

async function synced(entities: readonly Entity[], language: 'fr' | 'en' = 'fr'): Promise<TestEngine> {
  const email = `${newId()}@example.org`;
  const profile: Entity = { type: 'profile', id: newId(), value: aProfile({ email }) };
  await service.createAccount({ email, password: PASSWORD, entities: [profile, ...entities] });
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), settings: { language } });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

function invoicesWith(numbers: readonly string[]): { entities: Entity[]; ids: string[] } {
  const ids = numbers.map(() => newId());
  const entities = numbers.flatMap((number, i): Entity[] => {
    const orderId = newId();
    return [
      { type: 'order', id: orderId, value: anOrder({ number: `C${i}` }) },
      {
        type: 'invoice',
        id: ids[i] ?? '',
        value: anInvoice(orderId, {
          number,
          orderNumber: `C${i}`,
          issuedOn: `2026-01-${String(28 - i).padStart(2, '0')}`,
        }),
      },
    ];
  });
  return { entities, ids };
}

function entriesOf(zip: Buffer): Promise<{ name: string; size: number }[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: false }, (error, file) => {
      if (error) return reject(error);
      const entries: { name: string; size: number }[] = [];
      file.on('entry', (entry: { fileName: string; uncompressedSize: number }) =>
        entries.push({ name: entry.fileName, size: entry.uncompressedSize }),
      );
      file.on('end', () => resolve(entries));
    });
  });
}

it('writes orders as French spreadsheets read them, and as English ones do', async () => {
  const vehicleId = newId();
  const [line] = anOrder().lines;
  const entities: Entity[] = [
    { type: 'vehicle', id: vehicleId, value: aVehicle({ model: 'Clio; "IV"' }) },
    {
      type: 'order',
      id: newId(),
      value: anOrder({
        number: 'C1',
        vehicleId,
        lines: [
          {
            ...(line ?? anOrder().lines[0]!),
            name: 'Étrier',
            coreDeposit: { amountExclVat: 1000, vatRate: 2000, state: 'to_return' },
          },
        ],
        totals: {
          goodsExclVat: 123_456,
          depositExclVat: 1000,
          shippingExclVat: 5,
          vat: 24_892,
          inclVat: 149_353,
        },
      }),
    },
    {
      type: 'order',
      id: newId(),
      value: anOrder({ number: '=1+1', placedOn: '2026-03-01', placedAt: '2026-03-01T08:00:00.000Z' }),
    },
  ];
  const french = await synced(entities);
  const path = join(french.folder, 'commandes.csv');
  expect(await must(french.handlers['exports.ordersCsv']({ filter: {}, path }))).toEqual({ count: 2 });
  const bytes = readFileSync(path);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const rows = bytes.toString('utf8').slice(1).split('\r\n');
  expect(rows[0]).toContain('Numéro;Date;État');
  expect(rows[1]).toBe(
    'C1;2026-03-02;Enregistrée;Étrier;1;AB-123-CD;"Renault Clio; ""IV""";1244,61;1493,53;EUR;12,00;12,00',
  );
  expect(rows[2]).toMatch(/^'=1\+1;2026-03-01;/);
  expect(rows).toHaveLength(4);

  const english = await synced(entities, 'en');
  const csv = join(english.folder, 'orders.csv');
  expect(await must(english.handlers['exports.ordersCsv']({ filter: { text: 'clio' }, path: csv }))).toEqual({
    count: 1,
  });
  expect(readFileSync(csv, 'utf8')).toContain(
    'C1,2026-03-02,Placed,Étrier,1,AB-123-CD,"Renault Clio; ""IV""",1244.61,1493.53,EUR',
  );
});

it('writes credit notes as negative numbers, which are no formulas', async () => {
  const { entities } = invoicesWith(['F1']);
  const note: Entity = {
    type: 'invoice',
    id: newId(),
    value: anInvoice(newId(), {
      number: 'A1',
      kind: 'credit_note',
      seller: 'Oscaro',
      exclVat: -2500,
      vat: -500,
      inclVat: -3000,
      vatTotals: [{ vatRate: 2000, exclVat: -2500, vat: -500 }],
    }),
  };
  const engine = await synced([...entities, note]);
  const path = join(engine.folder, 'factures.csv');
  expect(
    await must(engine.handlers['exports.invoicesCsv']({ filter: { kind: 'credit_note' }, path })),
  ).toEqual({ count: 1 });
  expect(readFileSync(path, 'utf8')).toContain(
    'A1;Avoir;2026-03-02;C0000001;Oscaro;;;-25,00;-5,00;-30,00;EUR',
  );
});

it('packs the invoices that were chosen under names of their own, and tells how far it is', async () => {
  const { entities, ids } = invoicesWith(['F-1', 'f-1', 'F/2: ../x', 'F-3']);
  const engine = await synced(entities);
  const progress: EventPayload<'job'>[] = [];
  engine.on('job', (event) => progress.push(event));
  const path = join(engine.folder, 'factures.zip');
  const jobId = newId();
  const chosen = ids.slice(0, 3);
  expect(
    await must(engine.handlers['exports.invoicesZip']({ jobId, filter: {}, ids: chosen, path })),
  ).toEqual({ count: 3 });
  const zip = readFileSync(path);
  const entries = await entriesOf(zip);
  expect(entries.map(({ name }) => name)).toEqual(['F-1.pdf', 'f-1 (2).pdf', 'F_2_ .._x.pdf']);
  const bytes = await must(engine.handlers['invoices.bytes']({ id: chosen[0] ?? '' }));
  expect(entries[0]?.size).toBe(bytes.byteLength);
  const folder = join(engine.folder, 'unpacked');
  mkdirSync(folder);
  execFileSync('unzip', ['-q', path, '-d', folder]);
  const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
  expect(hash(readFileSync(join(folder, 'F-1.pdf')))).toBe(hash(bytes));
  expect(progress.map(({ done, total }) => [done, total])).toEqual([[0, 3], [1, 3], [2, 3], [3, 3]]); // prettier-ignore
  expect(new Set(progress.map((event) => event.jobId))).toEqual(new Set([jobId]));
});

it('leaves nothing behind when it is cancelled or cannot have a file', async () => {
  const { entities } = invoicesWith(['F-1', 'F-2', 'F-3']);
  const engine = await synced(entities);
  const path = join(engine.folder, 'factures.zip');
  const jobId = newId();
  let release: () => void = () => undefined;
  proxy.rule = always(PDF, { kind: 'hold', until: new Promise<void>((resolve) => (release = resolve)) });
  const writing = engine.handlers['exports.invoicesZip']({ jobId, filter: {}, path });
  await until(() => existsSync(`${path}.part`), 'the temporary file');
  await must(engine.handlers['jobs.cancel']({ jobId }));
  release();
  expect(await kindOf(writing)).toBe('cancelled');
  proxy.rule = always(PDF, { kind: 'cut' });
  expect(
    await kindOf(engine.handlers['exports.invoicesZip']({ jobId: newId(), filter: { text: 'F-3' }, path })),
  ).toBe('offline');
  expect(readdirSync(engine.folder).filter((name) => name.startsWith('factures'))).toEqual([]);
});

it('says which error the disk gave', async () => {
  const engine = await synced([]);
  const path = join(engine.folder, 'no such folder', 'x.csv');
  const answer = await engine.handlers['exports.ordersCsv']({ filter: {}, path });
  expect(answer).toMatchObject({ ok: false, error: { kind: 'file_error', detail: 'ENOENT' } });
});
