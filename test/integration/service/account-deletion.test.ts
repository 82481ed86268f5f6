import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import { AccountSafety } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { InvoicePdfInput } from '#service/documents/invoice-input.ts';
import { anInvoice, anOrder, aVehicle } from '#test/support/entities.ts';
import { mailsTo } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock } from './client.ts';
import { createBasket, Device } from './device.ts';
import { Owner, PASSWORD } from './owner.ts';

const DAY = 86_400_000;
let clock: ReturnType<typeof manualClock>;
let running: RunningService;
let owner: Owner;
let invoices: Uuid[];

/** Different for each input, and for nothing else. */
const renderInvoicePdf = (input: InvoicePdfInput) => Promise.resolve(Buffer.from(JSON.stringify(input)));

beforeEach(async () => {
  clock = manualClock();
  running = await startService({ clock, renderInvoicePdf });
  const [orderId, vehicleId] = [newId(), newId()];
  invoices = [newId(), newId()];
  owner = await Owner.of(running, [
    { type: 'vehicle', id: vehicleId, value: aVehicle() },
    { type: 'order', id: orderId, value: anOrder({ vehicleId, note: 'a secret of mine' }) },
    ...invoices.map((id, i) => ({
      type: 'invoice' as const,
      id,
      value: anInvoice(orderId, { number: `F${i}`, issuedOn: '2026-03-02' }),
    })),
  ]);
});
afterEach(() => running.close());

async function ask(method: 'POST' | 'DELETE'): Promise<AccountSafety> {
  const json = method === 'POST' ? { json: { password: PASSWORD } } : {};
  const response = await owner.ask(routes.accountDeletion, { method, ...json });
  expect(response.status).toBe(200);
  return AccountSafety.parse(await response.json());
}
async function pass(days: number): Promise<void> {
  clock.advance(days * DAY);
  await running.service.tidy();
}
const kinds = async () => (await mailsTo(running, owner.email)).map(({ kind }) => kind);
const signInStatus = async () =>
  (await call(running.url, routes.signIn, { json: { email: owner.email, password: PASSWORD, device } }))
    .status;
const files = () =>
  readdirSync(join(running.dataDir, 'documents'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.pdf'));

describe('an account that is to be deleted', () => {
  it('says when, tells its owner once, and works on meanwhile', async () => {
    const requestedAt = new Date(clock.now()).toISOString();
    const deletedAt = new Date(clock.now() + 30 * DAY).toISOString();
    expect((await ask('POST')).deletion).toEqual({ requestedAt, deletedAt });
    clock.advance(60_000);
    expect((await ask('POST')).deletion).toEqual({ requestedAt, deletedAt });
    expect(await mailsTo(running, owner.email)).toMatchObject([{ kind: 'deletion_requested', deletedAt }]);
    await pass(29);
    expect(await owner.works(await owner.again())).toBe(true);
  });

  it('stays when its owner changes their mind', async () => {
    await ask('POST');
    for (let i = 0; i < 2; i += 1) expect(await ask('DELETE')).not.toHaveProperty('deletion');
    expect(await kinds()).toEqual(['deletion_requested', 'deletion_cancelled']);
    await pass(31);
    expect(await signInStatus()).toBe(201);
    expect(await running.service.store.db.selectFrom('retained_invoices').selectAll().execute()).toEqual([]);
  });

  it('is known no longer from its day on, even before it is tidied away', async () => {
    await ask('POST');
    clock.advance(30 * DAY);
    expect(await signInStatus()).toBe(401);
  });
});

describe('a deleted account', () => {
  let sha256: string;
  beforeEach(async () => {
    const pdf = await owner.ask(routes.invoicePdf(invoices[0]!));
    sha256 = createHash('sha256')
      .update(Buffer.from(await pdf.arrayBuffer()))
      .digest('hex');
    await new Device(running.url, owner.session.accessToken).push(
      createBasket(newId()),
      ['consent.set', { purpose: 'statistics', granted: true }],
      ['no.such.mutation', {}],
    );
    await owner.ask(routes.accountEmail, { json: { password: PASSWORD, email: 'other@example.net' } });
    await ask('POST');
    clock.advance(29 * DAY);
    owner.session = await owner.again();
    await pass(1);
  });

  it('leaves nothing of its owner but what the law asks of the seller, and says so', async () => {
    expect(await owner.works()).toBe(false);
    expect(await signInStatus()).toBe(401);
    expect((await kinds()).at(-1)).toBe('account_deleted');
    const { db } = running.service.store;
    for (const table of [
      'accounts',
      'entities',
      'replicas',
      'mutations',
      'sessions',
      'refresh_tokens',
      'access_tokens',
      'documents',
      'known_devices',
      'device_secrets',
      'suspicious_sign_ins',
      'email_changes',
      'consent_choices',
    ] as const)
      expect({ table, rows: await db.selectFrom(table).selectAll().execute() }).toEqual({ table, rows: [] });
  });

  it('has its invoices kept apart, with the files that were made, and without a way back to it', async () => {
    const rows = await running.service.store.db.selectFrom('retained_invoices').selectAll().execute();
    expect(rows.map(({ number, sha256: hash, delete_after }) => [number, hash, delete_after]).sort()).toEqual(
      [
        ['F0', sha256, '2036-12-31'],
        ['F1', null, '2036-12-31'],
      ],
    );
    const text = JSON.stringify(rows);
    for (const gone of [owner.id, owner.email, 'a secret of mine']) expect(text).not.toContain(gone);
    expect(files()).toEqual([join(sha256.slice(0, 2), `${sha256}.pdf`)]);
    // What is kept is enough to make the very file again.
    const made = rows.find(({ number }) => number === 'F0')!;
    const again = await renderInvoicePdf(JSON.parse(made.content) as InvoicePdfInput);
    expect(createHash('sha256').update(again).digest('hex')).toBe(sha256);
    expect(readFileSync(join(running.dataDir, 'documents', files()[0]!))).toEqual(again);
  });

  it('frees its address for another account', async () => {
    await running.createAccount({ email: owner.email, password: PASSWORD });
    expect(await signInStatus()).toBe(201);
    await expectError(
      await call(running.url, routes.invoicePdf(invoices[0]!), {
        token: (await owner.again()).accessToken,
      }),
      404,
      'not_found',
    );
  });

  it('has its invoices deleted ten years after the end of their year', async () => {
    const { db } = running.service.store;
    const kept = () => db.selectFrom('retained_invoices').select('key').execute();
    await pass((Date.UTC(2036, 11, 31) - clock.now()) / DAY);
    expect(await kept()).toHaveLength(2);
    expect(files()).toHaveLength(1);
    await pass(1);
    expect(await kept()).toEqual([]);
    expect(files()).toEqual([]);
  });
});

it('a file that two accounts share stays as long as one of them needs it', async () => {
  await owner.ask(routes.invoicePdf(invoices[0]!));
  const { db } = running.service.store;
  const row = await db.selectFrom('documents').selectAll().executeTakeFirstOrThrow();
  const other = await Owner.of(running);
  const { key } = await db
    .selectFrom('accounts')
    .select('key')
    .where('id', '=', other.id)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('documents')
    .values({ ...row, account_key: key })
    .execute();
  await other.ask(routes.accountDeletion, { json: { password: PASSWORD } });
  await pass(30);
  expect(files()).toEqual([join(row.sha256.slice(0, 2), `${row.sha256}.pdf`)]);
});
