import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import type { EventPayload } from '#shared/ipc/contract.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, until } from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { anInvoice, anOrder, aProfile, aVehicle } from '#test/support/entities.ts';
import type { FaultyProxy, Rule } from '#test/support/faulty-proxy.ts';
import { always, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const PDF = /\/pdf$/;
const settings: Settings = {
  language: 'fr',
  theme: 'dark',
  serviceUrl: 'https://compte.example',
  keepInvoiceMonths: 0,
  lockAfterMinutes: 15,
  lockOnSleep: true,
};

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

async function synced(entities: readonly Entity[], language: 'fr' | 'en' = 'fr') {
  const email = `${newId()}@example.org`;
  const id = newId();
  const profile: Entity = { type: 'profile', id, value: aProfile({ email }) };
  await service.createAccount({ id, email, password: PASSWORD, entities: [profile, ...entities] });
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), settings: { language } });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return { engine, email, path: join(engine.folder, 'donnees.zip') };
}

/** An order with its invoice, each with this number after its letter. */
function bought(number: number): { entities: Entity[]; invoiceId: string } {
  const orderId = newId();
  const invoiceId = newId();
  return {
    invoiceId,
    entities: [
      { type: 'order', id: orderId, value: anOrder({ number: `C${number}` }) },
      {
        type: 'invoice',
        id: invoiceId,
        value: anInvoice(orderId, { number: `F${number}`, orderNumber: `C${number}` }),
      },
    ],
  };
}

/** The text of each file of an archive by its name; of PDFs how they begin. */
async function unpack(path: string): Promise<Map<string, string>> {
  const zip = await openPromise(path);
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const content = await text(await zip.openReadStreamPromise(entry));
    expect(Buffer.byteLength(content) > 0, entry.fileName).toBe(true);
    found.set(entry.fileName, entry.fileName.endsWith('.pdf') ? content.slice(0, 5) : content);
  }
  return found;
}

const json = (files: Map<string, string>, name: string): unknown =>
  JSON.parse(files.get(`json/${name}.json`) ?? 'null');

it('puts everything into one archive: JSON, tables, PDFs, and a readme that explains each file', async () => {
  const [line] = anOrder().lines;
  const vehicleId = newId();
  const { entities } = bought(1);
  const { engine, email, path } = await synced([
    ...entities,
    { type: 'vehicle', id: vehicleId, value: aVehicle() },
    { type: 'vehicle', id: newId(), value: aVehicle({ plate: 'ZZ-999-ZZ', retiredOn: '2026-01-01' }) },
    {
      type: 'order',
      id: newId(),
      value: anOrder({
        number: 'C2',
        vehicleId,
        placedOn: '2026-01-02',
        lines: [{ ...(line ?? anOrder().lines[0]!), name: '=1+1', origin: 'exchange', quantity: 3 }],
      }),
    },
  ]);
  await must(
    engine.handlers['changes.make']({
      name: 'basket.create',
      args: { id: newId(), name: 'Révision; Clio' },
    }),
  );
  await engine.sync();
  proxy.rule = always(/push/, { kind: 'cut' });
  await must(
    engine.handlers['changes.make']({ name: 'profile.setField', args: { field: 'firstName', value: 'Zoé' }, base: 'Camille' }),
  ); // prettier-ignore

  const written = await must(engine.handlers['exports.allData']({ jobId: newId(), path, settings }));
  const files = await unpack(path);
  expect(written).toEqual({ count: files.size, missingInvoices: 0, missingAccount: false });
  expect([...files.keys()].sort()).toEqual(
    [
      'LISEZ-MOI.txt',
      'csv/commandes.csv', 'csv/factures.csv', 'csv/lignes-de-commandes.csv', 'csv/paniers.csv', 'csv/vehicules.csv',
      'factures/F1.pdf',
      'json/avis.json', 'json/commandes.json', 'json/compte.json', 'json/factures.json', 'json/messages.json',
      'json/modifications-en-attente.json', 'json/paniers.json', 'json/profil.json', 'json/reglages.json', 'json/vehicules.json',
    ],
  ); // prettier-ignore
  expect(files.get('factures/F1.pdf')).toBe('%PDF-');
  expect(json(files, 'commandes')).toMatchObject([{ number: 'C1' }, { number: 'C2', vehicleId }]);
  // What is shown is what is kept, the name that is not sent yet included.
  expect(json(files, 'profil')).toMatchObject([{ email, firstName: 'Zoé' }]);
  expect(json(files, 'modifications-en-attente')).toMatchObject([
    { name: 'profile.setField', state: 'waiting', args: { value: 'Zoé' } },
  ]);
  expect(json(files, 'reglages')).toEqual(settings);
  expect(json(files, 'avis')).toEqual([]);
  expect(json(files, 'compte')).toMatchObject({ account: { email }, sessions: [{ current: true }] });
  expect(files.get('csv/lignes-de-commandes.csv')).toContain(
    "\r\nC2;2026-01-02;0 986 494 660;Bosch;'=1+1;Freinage;;Échange standard;3;25,00;;20,00;;EUR;AB-123-CD\r\n",
  );
  expect(files.get('csv/vehicules.csv')?.match(/AB-123-CD|ZZ-999-ZZ/g)).toHaveLength(2);
  const readme = files.get('LISEZ-MOI.txt') ?? '';
  for (const name of files.keys()) if (/json|csv/.test(name)) expect(readme).toContain(`${name}\r\n    `);
  expect(readme).toContain('Rien : l’archive est complète.'.replace(' :', '\u00a0:'));
  expect(readme).not.toMatch(/[^\r]\n/);
});

it('without a network it holds what is here, and lists what is missing', async () => {
  const [first, second] = [bought(1), bought(2)];
  const { engine, path } = await synced([...first.entities, ...second.entities], 'en');
  await must(engine.handlers['invoices.bytes']({ id: first.invoiceId }));
  proxy.rule = () => ({ kind: 'cut' });
  expect(await must(engine.handlers['exports.allData']({ jobId: newId(), path, settings }))).toMatchObject({
    missingInvoices: 1,
    missingAccount: true,
  });
  const files = await unpack(path);
  expect(files.has('invoices/F1.pdf')).toBe(true);
  expect(files.has('invoices/F2.pdf')).toBe(false);
  expect(files.has('json/account.json')).toBe(false);
  expect(files.get('csv/missing-invoices.csv')).toBe(
    'Number,Reason\r\nF2,"Not on this computer, and the service could not be reached"\r\n',
  );
  expect(files.get('README.txt')).toContain('Export again once you are online.');
  expect(files.get('README.txt')).toContain('The PDF of one invoice.');
});

it('asks a service that cannot be reached once, not once for each invoice', async () => {
  const all = Array.from({ length: 12 }, (_, index) => bought(index));
  const { engine, path } = await synced(all.flatMap(({ entities }) => entities));
  proxy.rule = always(PDF, { kind: 'cut' });
  const before = proxy.count(PDF);
  expect(await must(engine.handlers['exports.allData']({ jobId: newId(), path, settings }))).toMatchObject({
    missingInvoices: 12,
  });
  expect(proxy.count(PDF) - before).toBeLessThanOrEqual(6);
});

it('goes on when the service has no usable file for one invoice', async () => {
  const all = [bought(1), bought(2), bought(3)];
  const { engine, path } = await synced(all.flatMap(({ entities }) => entities));
  const broken: Rule = ({ path: asked }) =>
    asked.includes(all[1]?.invoiceId ?? '') ? { kind: 'truncate', after: 100 } : undefined;
  const damaged: Rule = (seen) =>
    broken(seen) && { kind: 'change', change: (answer) => ({ ...answer, body: Buffer.from('%PDF-no') }) };
  proxy.rule = damaged;
  expect(await must(engine.handlers['exports.allData']({ jobId: newId(), path, settings }))).toMatchObject({
    missingInvoices: 1,
  });
  const files = await unpack(path);
  expect([...files.keys()].filter((name) => name.endsWith('.pdf'))).toEqual([
    'factures/F3.pdf',
    'factures/F1.pdf',
  ]);
  expect(files.get('csv/factures-manquantes.csv')).toContain('F2;Le service n’a pas de fichier utilisable');
});

it('tells how far it is, and leaves nothing behind when it is cancelled', async () => {
  const { entities } = bought(1);
  const { engine, path } = await synced(entities);
  const progress: EventPayload<'job'>[] = [];
  engine.on('job', (event) => progress.push(event));
  let release: () => void = () => undefined;
  proxy.rule = always(PDF, { kind: 'hold', until: new Promise<void>((resolve) => (release = resolve)) });
  const jobId = newId();
  const writing = engine.handlers['exports.allData']({ jobId, path, settings });
  await until(() => progress.some(({ done }) => done >= 14), 'the lists');
  expect(existsSync(`${path}.part`)).toBe(true);
  await must(engine.handlers['jobs.cancel']({ jobId }));
  release();
  expect(await kindOf(writing)).toBe('cancelled');
  expect(progress.every((event) => event.jobId === jobId && event.done <= event.total)).toBe(true);
  expect(readdirSync(engine.folder).filter((name) => name.startsWith('donnees'))).toEqual([]);
});

it('says which error the disk gave', async () => {
  const { engine } = await synced([]);
  const path = join(engine.folder, 'no such folder', 'x.zip');
  expect(await engine.handlers['exports.allData']({ jobId: newId(), path, settings })).toMatchObject({
    ok: false,
    error: { kind: 'file_error', detail: 'ENOENT' },
  });
});

it('pages through ten thousand orders without leaving any out', async () => {
  const orders = Array.from({ length: 10_000 }, (_, index): Entity => ({
    type: 'order',
    id: newId(),
    value: anOrder({ number: `C${index}` }),
  }));
  const { engine, path } = await synced(orders);
  await must(engine.handlers['exports.allData']({ jobId: newId(), path, settings }));
  const files = await unpack(path);
  const numbers = (json(files, 'commandes') as { number: string }[]).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(10_000);
  expect(files.get('csv/commandes.csv')?.split('\r\n')).toHaveLength(10_002);
  expect(files.get('csv/lignes-de-commandes.csv')?.split('\r\n')).toHaveLength(10_002);
}, 120_000);
