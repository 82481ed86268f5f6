import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { InvoicePdfInput } from '#service/documents/invoice-input.ts';
import { aProfile, anInvoice, anOrder, aVehicle } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, signIn } from './client.ts';

const [vehicleId, orderId, invoiceId, unasked, broken] = [newId(), newId(), newId(), newId(), newId()];
const rendered: InvoicePdfInput[] = [];
let running: RunningService;
let token: string;
let bytes: Buffer;

/** Counts how often it is asked; the content is plain, since what is tested here is its keeping and its delivery. */
const renderInvoicePdf = (input: InvoicePdfInput): Promise<Uint8Array> => {
  rendered.push(input);
  return Promise.resolve(Buffer.from(`%PDF-1.7 ${input.invoice.number} ${'x'.repeat(5000)}`));
};

beforeAll(async () => {
  running = await startService({ renderInvoicePdf });
  await running.createAccount({
    email: 'camille@example.org',
    password: 'right',
    entities: [
      { type: 'profile', id: newId(), value: aProfile() },
      { type: 'vehicle', id: vehicleId, value: aVehicle() },
      { type: 'order', id: orderId, value: anOrder({ vehicleId }) },
      { type: 'invoice', id: invoiceId, value: anInvoice(orderId, { number: 'F2026/000 "1"\r\né' }) },
      { type: 'invoice', id: unasked, value: anInvoice(orderId, { number: 'F2' }) },
      { type: 'invoice', id: broken, value: anInvoice(newId(), { number: 'F3' }) },
    ],
  });
  token = (await signIn(running.url, 'camille@example.org', 'right')).accessToken;
  bytes = Buffer.from(await (await get(invoiceId)).arrayBuffer());
});
afterAll(() => running.close());

const get = (id: string, headers: Record<string, string> = {}) =>
  call(running.url, routes.invoicePdf(id), { token, headers });
const etag = () => `"${createHash('sha256').update(bytes).digest('hex')}"`;

describe('the PDF of an invoice', () => {
  it('comes whole, named, checked by its tag, and is not for proxies', async () => {
    const response = await get(invoiceId);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': 'attachment; filename="F2026-000-1-.pdf"',
      etag: etag(),
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is made once, with all it needs, even when asked for many times at once', async () => {
    rendered.length = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => get(unasked)));
    expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size).toBe(1);
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(rendered).toEqual([
      {
        invoice: { id: unasked, ...anInvoice(orderId, { number: 'F2' }) },
        order: { id: orderId, ...anOrder({ vehicleId }) },
        // No more of them than an invoice says.
        profile: { kind: 'private' },
        vehicle: { make: 'Renault', model: 'Clio IV', plate: 'AB-123-CD' },
      },
    ]);
    await get(unasked);
    expect(rendered).toHaveLength(1);
    expect(readdirSync(join(running.dataDir, 'documents'), { recursive: true }).join()).not.toContain(
      '.part',
    );
  });

  it('never changes, whatever becomes of the invoice and the template', async () => {
    const owner = await running.service.store.db
      .selectFrom('accounts')
      .select('id')
      .executeTakeFirstOrThrow();
    await running.feed.put(owner.id, 'invoice', invoiceId, anInvoice(orderId, { number: 'changed' }));
    expect((await get(invoiceId)).headers.get('etag')).toBe(etag());
    await running.feed.put(
      owner.id,
      'invoice',
      invoiceId,
      anInvoice(orderId, { number: 'F2026/000 "1"\r\né' }),
    );
  });

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=4990-', 4990, undefined],
    ['bytes=-10', -10, undefined],
    ['bytes=0-999999', 0, undefined],
    ['bytes=-999999', 0, undefined],
  ] as const)('gives the range %s', async (range, start, end) => {
    const response = await get(invoiceId, { range });
    const from = start < 0 ? bytes.length + start : start;
    const to = end ?? bytes.length - 1;
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to}/${bytes.length}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(from, to + 1))).toBe(true);
  });

  it.each(['bytes=9-0', 'bytes=a-b', 'bytes=-', 'lines=0-9', 'bytes=0-1,5-6'])(
    'gives the whole file for %s',
    async (range) => {
      const response = await get(invoiceId, { range });
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
    },
  );

  it.each(['bytes=999999-', 'bytes=-0'])('refuses %s', async (range) => {
    const response = await get(invoiceId, { range });
    expect(response.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    await expectError(response, 416, 'range_not_satisfiable');
  });

  it('continues only the same file', async () => {
    expect((await get(invoiceId, { range: 'bytes=5-', 'if-range': etag() })).status).toBe(206);
    expect((await get(invoiceId, { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
    expect((await get(invoiceId, { range: 'bytes=5-', 'if-range': `W/${etag()}` })).status).toBe(200);
  });

  it('is not sent again to who has it', async () => {
    for (const header of [etag(), `W/${etag()}`, `"other", ${etag()}`, '*']) {
      const response = await get(invoiceId, { 'if-none-match': header });
      expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([
        304,
        '',
        etag(),
      ]);
    }
    expect((await get(invoiceId, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('does not exist for an unknown invoice or a malformed id', async () => {
    await expectError(await get(newId()), 404, 'not_found');
    await expectError(await get('..%2f..%2fetc'), 400, 'invalid_request');
  });

  it('that cannot be made is a bug, told without details and tried again', async () => {
    for (let i = 0; i < 2; i += 1) {
      const error = await expectError(await get(broken), 500, 'internal');
      expect(error.message).toBe('Something went wrong here; it was noted.');
    }
  });
});
