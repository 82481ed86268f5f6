import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Frames } from '#core/invoices/frames.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders, kindOf, must, openTestEngine, testHost, until } from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { invoiceAccount } from '#test/support/invoice-account.ts';
import { invoiceKey } from '#test/support/invoice-key.ts';
import { startService, type RunningService } from '#test/support/service.ts';

vi.mock('#core/invoices/files.ts', async (original) =>
  (await import('#test/support/invoice-key.ts')).withKey(original),
);

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
  proxy.seen.length = 0;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

interface Setup {
  engine: TestEngine;
  ids: string[];
  pdfFolder: string;
  email: string;
}

async function synced(issuedOn: readonly string[], options: Partial<TestEngineOptions> = {}): Promise<Setup> {
  const { accountId, email, ids } = await invoiceAccount(service, issuedOn);
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return { engine, ids, email, pdfFolder: join(engine.folder, 'accounts', accountId, 'invoices') };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const rangeHeaders = (): (string | undefined)[] =>
  proxy.seen.filter(({ path }) => PDF.test(path)).map(({ headers }) => headers.range);

describe.each([
  { mode: 'in clear', key: undefined },
  { mode: 'sealed', key: randomBytes(32) },
])('invoices kept $mode', ({ key }) => {
  const keptName = (id: string): string => (key ? `${id}.sealed` : `${id}.pdf`);
  beforeEach(() => {
    invoiceKey.value = key;
  });

  it('keeps the invoices of the months asked for, newest first, and no older ones', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { engine, pdfFolder, ids } = await synced([today, '2019-01-01', today], {
      settings: { keepInvoiceMonths: 12 },
    });
    await until(async () => (await engine.status()).files.here === 2, 'two files');
    expect((await engine.status()).files).toEqual({ here: 2, waiting: 0, damaged: 0, failed: 0 });
    expect(readdirSync(pdfFolder).sort()).toEqual([keptName(ids[0] ?? ''), keptName(ids[2] ?? '')].sort());
    const rows = await must(engine.handlers['invoices.page']({ filter: {}, offset: 0, limit: 10 }));
    expect(rows.map(({ file }) => file)).toEqual(['here', 'here', 'to_download']);
    expect(rows[0]?.fileSize).toBeGreaterThan(500);
    expect(await must(engine.handlers['invoices.summary']({ file: 'here' }))).toMatchObject({ count: 2 });
  });

  it('fetches on demand, once, and answers the very bytes of the service', async () => {
    const { engine, ids } = await synced(['2026-01-01']);
    const id = ids[0] ?? '';
    const [first, second] = await Promise.all([
      must(engine.handlers['invoices.bytes']({ id })),
      must(engine.handlers['invoices.bytes']({ id })),
    ]);
    expect(Buffer.from(first).subarray(0, 5).toString()).toBe('%PDF-');
    expect(sha256(first)).toBe(sha256(second));
    const file = await must(engine.handlers['invoices.file']({ id }));
    expect(file.number).toBe('F2026-000000');
    expect(sha256(file.bytes)).toBe(sha256(first));
    expect(rangeHeaders()).toHaveLength(1);
  });

  it('goes on where a download was cut, also in the next run of the app', async () => {
    const host = testHost();
    const folder = folders.make();
    const { engine, ids, pdfFolder } = await synced(['2026-01-01'], { host, folder });
    const id = ids[0] ?? '';
    proxy.rule = always(PDF, { kind: 'truncate', after: 700 });
    expect(await kindOf(engine.handlers['invoices.bytes']({ id }))).toBe('offline');
    expect(readdirSync(pdfFolder)).toEqual([expect.stringMatching(/\.part$/)]);
    await engine.close();
    proxy.rule = undefined;
    proxy.seen.length = 0;
    const again = openTestEngine({ url: proxy.url, folder, host });
    open.push(again);
    const bytes = await must(again.handlers['invoices.bytes']({ id }));
    expect(Buffer.from(bytes).toString('latin1')).toContain('%%EOF');
    expect(rangeHeaders()).toEqual(['bytes=700-']);
    expect(readdirSync(pdfFolder)).toEqual([keptName(id)]);
  });

  it('starts over when the file at the service is another one by now', async () => {
    const host = testHost();
    const folder = folders.make();
    const { engine: first, ids, pdfFolder } = await synced(['2026-01-01'], { host, folder });
    await first.close();
    const id = ids[0] ?? '';
    const [hash, beginning] = ['ab'.repeat(32), Buffer.from('the beginning of another file')];
    if (key)
      writeFileSync(
        join(pdfFolder, `${id}.sealed.part`),
        Buffer.concat(new Frames(key, id, hash).pieces(0, [beginning])),
      );
    else writeFileSync(join(pdfFolder, `${id}.${hash}.part`), beginning);
    const engine = openTestEngine({ url: proxy.url, folder, host });
    open.push(engine);
    const bytes = await must(engine.handlers['invoices.bytes']({ id }));
    expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
    expect(rangeHeaders()).toEqual(['bytes=29-']);
    expect(readdirSync(pdfFolder)).toEqual([keptName(id)]);
  });

  it('refuses a file that does not match its hash, and one that is no PDF', async () => {
    const { engine, ids, pdfFolder } = await synced(['2026-01-01', '2026-01-02']);
    proxy.rule = always(PDF, {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: Buffer.from(answer.body.map((byte, i) => (i === 100 ? byte ^ 1 : byte))),
      }),
    });
    expect(await kindOf(engine.handlers['invoices.bytes']({ id: ids[0] ?? '' }))).toBe('invoice_damaged');
    const page = Buffer.from('<html>not a PDF</html>');
    proxy.rule = always(PDF, {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/pdf', etag: `"${sha256(page)}"` },
      body: page,
    });
    expect(await kindOf(engine.handlers['invoices.bytes']({ id: ids[1] ?? '' }))).toBe('invoice_damaged');
    expect(readdirSync(pdfFolder)).toEqual([]);
    expect((await engine.status()).files.failed).toBe(2);
    proxy.rule = undefined;
    expect(await must(engine.handlers['invoices.download']({ ids }))).toEqual({ here: 2, failed: 0 });
  });

  it('notices that a kept file was altered or removed, sets it aside and fetches it again', async () => {
    const { engine, ids, pdfFolder } = await synced(['2026-01-01']);
    const id = ids[0] ?? '';
    const original = sha256(await must(engine.handlers['invoices.bytes']({ id })));
    const path = join(pdfFolder, keptName(id));
    appendFileSync(path, ' ');
    proxy.rule = always(PDF, { kind: 'cut' });
    const asked = [1, 2].map(() => kindOf(engine.handlers['invoices.bytes']({ id })));
    expect(await Promise.all(asked)).toEqual(['invoice_damaged', 'invoice_damaged']);
    expect(existsSync(path)).toBe(false);
    const [row] = await must(
      engine.handlers['invoices.page']({ filter: { file: 'damaged' }, offset: 0, limit: 5 }),
    );
    expect(row).toMatchObject({ id, file: 'damaged' });
    expect((await engine.status()).files.damaged).toBe(1);
    proxy.rule = undefined;
    expect(sha256(await must(engine.handlers['invoices.bytes']({ id })))).toBe(original);
    expect((await engine.status()).files).toMatchObject({ here: 1, damaged: 0 });
    rmSync(path);
    expect(sha256(await must(engine.handlers['invoices.bytes']({ id })))).toBe(original);
  });

  it('serves what is here without a service', async () => {
    const { engine, ids } = await synced(['2026-01-01', '2026-01-02']);
    await must(engine.handlers['invoices.bytes']({ id: ids[0] ?? '' }));
    proxy.rule = always(/./, { kind: 'cut' });
    expect((await must(engine.handlers['invoices.bytes']({ id: ids[0] ?? '' }))).byteLength).toBeGreaterThan(
      500,
    );
    expect(await kindOf(engine.handlers['invoices.bytes']({ id: ids[1] ?? '' }))).toBe('offline');
    expect(await kindOf(engine.handlers['invoices.bytes']({ id: newId() }))).toBe('not_found');
  });

  it('fetches what someone opens at once, however much is being fetched in the background', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let opened = '';
    proxy.rule = ({ path }) =>
      PDF.test(path) && !path.includes(opened || 'nothing') ? { kind: 'hold', until: held } : undefined;
    const today = new Date().toISOString().slice(0, 10);
    const { engine, ids } = await synced([...Array.from({ length: 12 }, () => today), '2019-01-01'], {
      settings: { keepInvoiceMonths: 12 },
    });
    await until(() => proxy.count(PDF) === 3, 'three requests in the background');
    opened = ids.at(-1) ?? '';
    expect(await must(engine.handlers['invoices.bytes']({ id: opened }))).toBeInstanceOf(Uint8Array);
    release();
    await until(async () => (await engine.status()).files.here === 13, 'all files');
  });

  it('fetches at most four at once', async () => {
    const { engine, ids } = await synced(Array.from({ length: 12 }, () => '2026-01-01'));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    proxy.rule = always(PDF, { kind: 'hold', until: held });
    const downloading = engine.handlers['invoices.download']({ ids });
    await until(() => proxy.count(PDF) === 4, 'four requests');
    const moving = await must(engine.handlers['invoices.summary']({ file: 'downloading' }));
    expect(moving.count).toBe(4);
    expect(await must(engine.handlers['invoices.summary']({ file: 'to_download' }))).toMatchObject({
      count: 8,
    });
    release();
    expect(await must(downloading)).toEqual({ here: 12, failed: 0 });
  });
});
