import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { nodeTransport, type NodeTransport } from '#core/service/node-transport.ts';
import type { Transport } from '#core/service/transport.ts';
import { Folders, kindOf, must, openTestEngine, testHost, until } from '#test/support/engine.ts';
import type { TestEngine, TestHost } from '#test/support/engine.ts';
import { invoiceAccount, type InvoiceAccount } from '#test/support/invoice-account.ts';
import { invoiceKey } from '#test/support/invoice-key.ts';
import { startService, type RunningService } from '#test/support/service.ts';

vi.mock('#core/invoices/files.ts', async (original) =>
  (await import('#test/support/invoice-key.ts')).withKey(original),
);

const PROGRAM = fileURLToPath(new URL('../../support/seal-former-program.ts', import.meta.url));
const CHUNK = 64 * 1024;
const SECRET = 'Camille Martin, F2026-000000, 30,00 EUR. ';
/** Not compressed, so that its words can be searched for. */
const PDF = Buffer.from(`%PDF-1.7\n${SECRET.repeat(20_000)}\n%%EOF`);

let service: RunningService;
let node: NodeTransport;
const folders = new Folders();
const open: TestEngine[] = [];
let folder: string;
let host: TestHost;
let account: InvoiceAccount;
let pdfFolder: string;
let key: Buffer;

beforeAll(async () => {
  service = await startService();
  node = nodeTransport();
});
beforeEach(async () => {
  key = randomBytes(32);
  invoiceKey.value = key;
  folder = folders.make();
  host = testHost();
  account = await invoiceAccount(service, ['2026-01-01', '2026-01-02']);
  pdfFolder = join(folder, 'accounts', account.accountId, 'invoices');
});
afterEach(async () => {
  await closeAll();
  folders.clear();
});
afterAll(async () => {
  node.close();
  await service.close();
});

const closeAll = () => Promise.all(open.splice(0).map((engine) => engine.close()));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function start(transport?: Transport, url = service.url): TestEngine {
  const engine = openTestEngine({ url, folder, host, ...(transport && { env: { transport } }) });
  open.push(engine);
  return engine;
}

/** In the next run of the app. */
async function restart(transport?: Transport): Promise<TestEngine> {
  await closeAll();
  return start(transport);
}

/** Without a service, so that what is answered is from here. */
const offline: Transport = () => Promise.reject(Object.assign(new Error('cut'), { code: 'ECONNREFUSED' }));

async function signedIn(transport?: Transport): Promise<TestEngine> {
  const engine = start(transport);
  await engine.signIn(account.email);
  await engine.sync();
  return engine;
}

const bytesOf = (engine: TestEngine, id: string) => must(engine.handlers['invoices.bytes']({ id }));

/** Whether anything of the invoice can be read in the folder, in the content of files or in their names. */
function inClear(): boolean {
  return readdirSync(pdfFolder).some((name) => {
    const content = readFileSync(join(pdfFolder, name));
    return [name, content].some((text) =>
      ['Camille', 'F2026-000000', '%PDF'].some((word) => text.includes(word)),
    );
  });
}

interface Sending {
  transport: Transport;
  /** Where each answer began. */
  from: number[];
  /** So many bytes of an answer are sent before it is cut. */
  cutAfter: number;
  /** The most bytes that were in the folder, and whether anything of the invoice could be read there, while it was sent. */
  most: number;
  seen: boolean;
}

/** Sends our PDF for each invoice, piece by piece, and looks at the folder before each piece. */
function sending(): Sending {
  const state: Sending = { from: [], cutAfter: Infinity, most: 0, seen: false, transport: node.transport };
  async function* body(from: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < PDF.length; at += CHUNK) {
      const sizes = readdirSync(pdfFolder).map((name) => readFileSync(join(pdfFolder, name)).length);
      state.most = Math.max(state.most, ...sizes);
      state.seen ||= inClear();
      if (at - from >= state.cutAfter) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
      yield PDF.subarray(at, at + CHUNK);
    }
  }
  state.transport = (request) => {
    if (!request.url.endsWith('/pdf')) return node.transport(request);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers['range'] ?? '')?.[1] ?? 0);
    state.from.push(from);
    const headers: Record<string, string> = {
      etag: `"${sha256(PDF)}"`,
      'content-range': `bytes ${from}-${PDF.length - 1}/${PDF.length}`,
    };
    return Promise.resolve({
      status: from > 0 ? 206 : 200,
      header: (name) => headers[name],
      body: body(from),
    });
  };
  return state;
}

it.each([
  { mode: 'in clear', sealed: false },
  { mode: 'sealed', sealed: true },
])(
  'shows what it is in the folder while it arrives, after a cut and when it is kept: $mode',
  async ({ sealed }) => {
    if (!sealed) invoiceKey.value = undefined;
    const [id = ''] = account.ids;
    const sent = sending();
    const engine = await signedIn(sent.transport);
    sent.cutAfter = 6 * CHUNK;
    expect(await kindOf(engine.handlers['invoices.bytes']({ id }))).toBe('offline');
    expect(sent.most).toBeGreaterThan(4 * CHUNK - 1);
    expect(sent.seen).toBe(!sealed);
    expect(inClear()).toBe(!sealed);
    sent.cutAfter = Infinity;
    const again = await restart(sent.transport);
    expect(PDF.equals(await bytesOf(again, id))).toBe(true);
    expect(sent.from).toEqual([0, 6 * CHUNK]);
    expect(sent.seen).toBe(!sealed);
    expect(inClear()).toBe(!sealed);
    expect(readdirSync(pdfFolder)).toEqual([sealed ? `${id}.sealed` : `${id}.pdf`]);
  },
);

it('goes on from the last whole frame after a crash has torn one', async () => {
  const [id = ''] = account.ids;
  const sent = sending();
  const engine = await signedIn(sent.transport);
  sent.cutAfter = 6 * CHUNK;
  expect(await kindOf(engine.handlers['invoices.bytes']({ id }))).toBe('offline');
  await closeAll();
  const part = join(pdfFolder, `${id}.sealed.part`);
  truncateSync(part, readFileSync(part).length - 1);
  sent.cutAfter = Infinity;
  const again = start(sent.transport);
  expect(PDF.equals(await bytesOf(again, id))).toBe(true);
  expect(sent.from).toEqual([0, 4 * CHUNK]);
});

it('sets aside what was changed, sealed with another key or swapped, and fetches it again', async () => {
  const [a = '', b = ''] = account.ids;
  const engine = await signedIn();
  const right = [sha256(await bytesOf(engine, a)), sha256(await bytesOf(engine, b))];
  const [pathA, pathB] = [join(pdfFolder, `${a}.sealed`), join(pdfFolder, `${b}.sealed`)];
  const both = async (engine: TestEngine) => [
    sha256(await bytesOf(engine, a)),
    sha256(await bytesOf(engine, b)),
  ];
  const refetches = async (engine: TestEngine) => {
    expect(await both(engine)).toEqual(right);
    expect(readdirSync(pdfFolder).sort()).toEqual(
      [a, b].flatMap((id) => [`${id}.damaged.sealed`, `${id}.sealed`]).sort(),
    );
  };

  for (const path of [pathA, pathB]) {
    const bytes = readFileSync(path);
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }
  await refetches(engine);

  for (const id of [a, b]) renameSync(join(pdfFolder, `${id}.damaged.sealed`), join(folder, id));
  renameSync(pathA, join(folder, 'swapped'));
  renameSync(pathB, pathA);
  renameSync(join(folder, 'swapped'), pathB);
  await refetches(engine);

  await closeAll();
  invoiceKey.value = randomBytes(32);
  const other = start(offline);
  for (const id of [a, b])
    expect(await kindOf(other.handlers['invoices.bytes']({ id }))).toBe('invoice_damaged');
  expect(await must(other.handlers['sync.status'](undefined))).toMatchObject({ files: { damaged: 2 } });
  await refetches(await restart());
});

/** Both invoices as a version that did not seal has kept them; answers their hashes. */
async function keptInClear(): Promise<string[]> {
  invoiceKey.value = undefined;
  const engine = await signedIn();
  const hashes = await Promise.all(account.ids.map(async (id) => sha256(await bytesOf(engine, id))));
  await closeAll();
  expect(readdirSync(pdfFolder).sort()).toEqual(account.ids.map((id) => `${id}.pdf`).sort());
  invoiceKey.value = key;
  return hashes;
}

const onlySealed = () =>
  until(() => readdirSync(pdfFolder).every((name) => /\.sealed$/.test(name)), 'nothing but sealed files');

it('seals in the background what a former version has kept, and deletes what it had begun to fetch', async () => {
  const hashes = await keptInClear();
  const [a = '', b = ''] = account.ids;
  writeFileSync(join(pdfFolder, `${a}.damaged`), `an old ${SECRET}`);
  writeFileSync(join(pdfFolder, `${b}.${'ab'.repeat(32)}.part`), '%PDF-1.7 the beginning');
  const engine = start(offline);
  expect(await engine.status()).toMatchObject({ files: { here: 2 } });
  await onlySealed();
  expect(readdirSync(pdfFolder).sort()).toEqual([`${a}.damaged.sealed`, `${a}.sealed`, `${b}.sealed`].sort());
  expect(inClear()).toBe(false);
  expect(await Promise.all(account.ids.map(async (id) => sha256(await bytesOf(engine, id))))).toEqual(hashes);
});

it('seals what someone opens at once, also while the background is at it', async () => {
  const hashes = await keptInClear();
  const engine = start(offline);
  const asked = [...account.ids, ...account.ids];
  const read = await Promise.all(asked.map(async (id) => sha256(await bytesOf(engine, id))));
  expect(read).toEqual([...hashes, ...hashes]);
  await onlySealed();
});

it('notices in the background that a former file was altered', async () => {
  await keptInClear();
  const [a = ''] = account.ids;
  appendFileSync(join(pdfFolder, `${a}.pdf`), ' ');
  const engine = start(offline);
  await until(async () => (await engine.status()).files.damaged === 1, 'the altered file');
  await onlySealed();
  expect(await engine.status()).toMatchObject({ files: { here: 1, damaged: 1 } });
});

it('loses nothing when it is killed while it seals what a former version has kept', async () => {
  const [hash = ''] = await keptInClear();
  const [id = ''] = account.ids;
  const kill = (step: number) =>
    spawnSync(process.execPath, [PROGRAM, pdfFolder, id, hash, key.toString('hex'), String(step)]);
  const left = [1, 2, 3].map((step) => {
    expect(kill(step).signal, `step ${step}`).toBe('SIGKILL');
    return readdirSync(pdfFolder)
      .filter((name) => name.startsWith(id))
      .map((name) => name.slice(id.length));
  });
  expect(left).toEqual([['.pdf'], ['.pdf', '.sealed.new'], ['.pdf', '.sealed']]);
  const engine = start(offline);
  expect(sha256(await bytesOf(engine, id))).toBe(hash);
  await onlySealed();
  expect(sha256(await bytesOf(engine, id))).toBe(hash);
});
