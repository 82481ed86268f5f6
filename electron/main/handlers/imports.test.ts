import { expect, it } from 'vitest';
import { fail, ok } from '#shared/ipc/errors.ts';
import type { ImportPreview } from '#shared/ipc/vehicles.ts';
import type { OpenRequest } from '#main/platform/dialogs.ts';
import { importHandlers, type ImportCallsContext } from './imports.ts';

const preview: ImportPreview = {
  importId: '0190a0b0-0000-7000-8000-000000000001',
  fileName: 'parc.csv',
  encoding: 'windows-1252',
  separator: ';',
  columns: [{ header: 'Plaque', column: 'plate' }],
  missing: [],
  counts: { add: 1, change: 0, same: 0, invalid: 0 },
};

function setUp(
  chosen: string | undefined,
  answer: Awaited<ReturnType<ImportCallsContext['engine']['vehicles.importPreview']>> = ok(preview),
) {
  const asked: OpenRequest[] = [];
  const read: string[] = [];
  const handlers = importHandlers({
    engine: {
      'vehicles.importPreview': ({ path }) => {
        read.push(path);
        return Promise.resolve(answer);
      },
    },
    language: () => 'fr',
    askWhichFile: (request) => {
      asked.push(request);
      return Promise.resolve(chosen);
    },
  });
  return { asked, read, open: () => handlers['vehicles.importPreview'](undefined) };
}

it('asks for a table of text and answers what the engine read in it', async () => {
  const { asked, read, open } = setUp('/somewhere/parc.csv');
  expect(await open()).toEqual(ok({ opened: true, preview }));
  expect(asked).toEqual([
    { title: 'Importer des véhicules', fileType: 'Tableau CSV ou texte', extensions: ['csv', 'txt'] },
  ]);
  expect(read).toEqual(['/somewhere/parc.csv']);
});

it('reads nothing when the person cancels', async () => {
  const { read, open } = setUp(undefined);
  expect(await open()).toEqual(ok({ opened: false }));
  expect(read).toEqual([]);
});

it('passes on why the file cannot be read', async () => {
  const { open } = setUp('/x.csv', fail('unreadable_file', { detail: 'not text' }));
  expect(await open()).toEqual(fail('unreadable_file', { detail: 'not text' }));
});
