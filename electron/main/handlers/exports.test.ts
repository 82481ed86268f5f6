import { expect, it } from 'vitest';
import { fail, ok } from '#shared/ipc/errors.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import type { SaveRequest } from '#main/platform/dialogs.ts';
import { exportHandlers, type ExportCallsContext } from './exports.ts';

const jobId = '0190a0b0-0000-7000-8000-000000000009';
const settings: Settings = {
  language: 'en',
  theme: 'dark',
  serviceUrl: 'https://compte.example',
  keepInvoiceMonths: 12,
  lockAfterMinutes: 15,
  lockOnSleep: true,
};

function setUp(
  changes: Partial<ExportCallsContext['engine']> = {},
  person: 'chooses' | 'cancelled' = 'chooses',
) {
  const asked: SaveRequest[] = [];
  const written: unknown[] = [];
  const write = (input: unknown) => {
    written.push(input);
    return Promise.resolve(ok({ count: 3 }));
  };
  const handlers = exportHandlers({
    engine: {
      'exports.invoicesCsv': write,
      'exports.invoicesZip': write,
      'exports.ordersCsv': write,
      'exports.basketCsv': write,
      'exports.vehiclesCsv': write,
      'exports.allData': (input) => {
        written.push(input);
        return Promise.resolve(ok({ count: 3, missingInvoices: 1, missingAccount: false }));
      },
      'baskets.get': () =>
        Promise.resolve(ok({ basket: { name: 'Clio IV : révision' } } as Output<'baskets.get'>)),
      'jobs.cancel': (input) => {
        written.push(input);
        return Promise.resolve(ok(undefined));
      },
      ...changes,
    },
    language: () => 'en',
    askWhereToSave: (request) => {
      asked.push(request);
      return Promise.resolve(person === 'chooses' ? '/saved/file' : undefined);
    },
    today: () => '2026-11-22',
    store: { get: () => settings },
  });
  return { handlers, asked, written };
}

it('asks for a place under a name that says what and when, then lets the engine write', async () => {
  const { handlers, asked, written } = setUp();
  const saved = ok({ saved: true, path: '/saved/file', count: 3 });
  const filter = { text: 'bosch' };
  expect(await handlers['invoices.saveZip']({ jobId, filter, ids: undefined })).toEqual(saved);
  expect(await handlers['invoices.saveCsv'](filter)).toEqual(saved);
  expect(await handlers['orders.saveCsv'](filter)).toEqual(saved);
  expect(asked.map((request) => request.fileName)).toEqual([
    'invoices-2026-11-22.zip',
    'invoices-2026-11-22.csv',
    'orders-2026-11-22.csv',
  ]);
  expect(written).toEqual([
    { jobId, filter, ids: undefined, path: '/saved/file' },
    { filter, path: '/saved/file' },
    { filter, path: '/saved/file' },
  ]);
});

it('saves a basket under its name, and vehicles under the day', async () => {
  const { handlers, asked, written } = setUp();
  expect(await handlers['baskets.saveCsv']({ id: jobId })).toEqual(
    ok({ saved: true, path: '/saved/file', count: 3 }),
  );
  await handlers['vehicles.saveCsv']({ retired: true });
  expect(asked.map((request) => request.fileName)).toEqual([
    'Clio IV - révision.csv',
    'vehicles-2026-11-22.csv',
  ]);
  expect(written).toEqual([
    { id: jobId, path: '/saved/file' },
    { filter: { retired: true }, path: '/saved/file' },
  ]);
  const gone = setUp({ 'baskets.get': () => Promise.resolve(fail('not_found')) });
  expect(await gone.handlers['baskets.saveCsv']({ id: jobId })).toEqual(fail('not_found'));
  expect(gone.asked).toEqual([]);
});

it('writes nothing when the person cancels the question', async () => {
  const { handlers, written } = setUp({}, 'cancelled');
  expect(await handlers['orders.saveCsv']({})).toEqual(ok({ saved: false }));
  expect(await handlers['invoices.saveZip']({ jobId, filter: {} })).toEqual(ok({ saved: false }));
  expect(written).toEqual([]);
});

it('passes on why the engine could not write', async () => {
  const { handlers } = setUp({ 'exports.ordersCsv': () => Promise.resolve(fail('disk_full')) });
  expect(await handlers['orders.saveCsv']({})).toEqual(fail('disk_full'));
});

it('saves everything about the account, with the settings of this computer, and says what is missing', async () => {
  const { handlers, asked, written } = setUp();
  expect(await handlers['data.saveAll']({ jobId })).toEqual(
    ok({ saved: true, path: '/saved/file', count: 3, missingInvoices: 1, missingAccount: false }),
  );
  expect(asked.map((request) => request.fileName)).toEqual(['my-oscaro-data-2026-11-22.zip']);
  expect(written).toEqual([{ jobId, path: '/saved/file', settings }]);
});

it('saves nothing when a person cancels', async () => {
  const { handlers, written } = setUp({}, 'cancelled');
  expect(await handlers['data.saveAll']({ jobId })).toEqual(ok({ saved: false }));
  expect(written).toEqual([]);
});
