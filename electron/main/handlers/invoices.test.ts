import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '#shared/ipc/errors.ts';
import type { SaveRequest } from '#main/platform/dialogs.ts';
import { invoiceHandlers, type InvoiceCallsContext } from './invoices.ts';

const id = '0190a0b0-0000-7000-8000-000000000001';
const pdf = Buffer.from('%PDF-1.7 the verified bytes');
let folder: string;
let opened: string[];
let asked: SaveRequest[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oscaro-invoices-'));
  opened = [];
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function handlers(changes: Partial<InvoiceCallsContext> = {}, number = 'FA-2026/0042') {
  const detail = ok({ id, row: { number } }) as Awaited<
    ReturnType<InvoiceCallsContext['engine']['invoices.get']>
  >;
  return invoiceHandlers({
    engine: {
      'invoices.file': () => Promise.resolve(ok({ bytes: new Uint8Array(pdf), number })),
      'invoices.get': () => Promise.resolve(detail),
    },
    language: () => 'fr',
    askWhereToSave: (request) => {
      asked.push(request);
      return Promise.resolve(join(folder, request.fileName));
    },
    openFile: (path) => {
      opened.push(path);
      return Promise.resolve('');
    },
    print: () => Promise.resolve(ok({ printed: true })),
    openedFolder: join(folder, 'opened'),
    ...changes,
  });
}

describe('opening', () => {
  it('hands the viewer a copy that bears the number of the invoice', async () => {
    expect(await handlers()['invoices.open']({ id })).toEqual({ ok: true, value: undefined });
    expect(opened.map((path) => basename(path))).toEqual(['FA-2026-0042.pdf']);
    const [copy = ''] = opened;
    expect(readFileSync(copy)).toEqual(pdf);
    expect(statSync(join(folder, 'opened', id)).mode & 0o777).toBe(0o700);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
  });

  it('passes on what the engine says', async () => {
    const engine = { ...missing, 'invoices.file': () => Promise.resolve(fail('invoice_damaged')) };
    expect(await handlers({ engine })['invoices.open']({ id })).toEqual(fail('invoice_damaged'));
    expect(opened).toEqual([]);
  });

  it('says when no program opens it', async () => {
    const answer = await handlers({ openFile: () => Promise.resolve(`Failed to open ${folder}`) })[
      'invoices.open'
    ]({ id });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'file_error' } });
    expect(JSON.stringify(answer)).not.toContain(folder);
  });
});

describe('saving', () => {
  it('proposes the number, writes the whole file and answers where', async () => {
    const target = join(folder, 'FA-2026-0042.pdf');
    expect(await handlers()['invoices.saveAs']({ id })).toEqual(ok({ saved: true, path: target, count: 1 }));
    expect(asked).toEqual([
      { title: 'Enregistrer la facture', fileName: 'FA-2026-0042.pdf', fileType: 'Document PDF' },
    ]);
    expect(readFileSync(target)).toEqual(pdf);
  });

  it('does nothing when the person cancels', async () => {
    const before = readdirSync(folder);
    const cancelled = handlers({ askWhereToSave: () => Promise.resolve(undefined) });
    expect(await cancelled['invoices.saveAs']({ id })).toEqual(ok({ saved: false }));
    expect(readdirSync(folder)).toEqual(before);
  });

  it('replaces an existing file', async () => {
    const target = join(folder, 'old.pdf');
    writeFileSync(target, 'old');
    const askWhereToSave = () => Promise.resolve(target);
    expect(await handlers({ askWhereToSave })['invoices.saveAs']({ id })).toMatchObject({ ok: true });
    expect(readFileSync(target)).toEqual(pdf);
    expect(readdirSync(folder)).toEqual(['old.pdf']);
  });

  it('leaves what is there alone when it fails', async () => {
    // A folder cannot be replaced by a file.
    const target = join(folder, 'old.pdf');
    mkdirSync(target);
    writeFileSync(join(target, 'inside'), 'old');
    const askWhereToSave = () => Promise.resolve(target);
    expect(await handlers({ askWhereToSave })['invoices.saveAs']({ id })).toMatchObject({
      ok: false,
      error: { kind: 'file_error' },
    });
    expect(readFileSync(join(target, 'inside'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['old.pdf']);
  });

  it.skipIf(process.getuid?.() === 0)('says when the folder cannot be written', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    const answer = await handlers({ askWhereToSave: () => Promise.resolve(join(closed, 'a.pdf')) })[
      'invoices.saveAs'
    ]({ id });
    expect(answer).toEqual(fail('file_error', { detail: 'EACCES' }));
    expect(existsSync(join(closed, 'a.pdf'))).toBe(false);
  });
});

const missing: InvoiceCallsContext['engine'] = {
  'invoices.file': () => Promise.resolve(fail('not_found')),
  'invoices.get': () => Promise.resolve(fail('not_found')),
};
