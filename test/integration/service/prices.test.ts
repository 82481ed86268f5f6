import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PriceSource } from '#service/catalogue/price-source.ts';
import { newId } from '#shared/domain/ids.ts';
import { PriceResponse } from '#shared/protocol/prices.ts';
import { routes } from '#shared/protocol/routes.ts';
import { anOrder } from '#test/support/entities.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { call, signIn } from './client.ts';

const known = { exclVat: 1234, vatRate: 2000, currency: 'EUR', at: '2026-06-01T08:00:00.000Z' };
/** A shop that knows one part, and has given up another. */
const shop: PriceSource = {
  pricesOf: (_accountKey, parts) =>
    Promise.resolve(
      parts.map(({ reference }) => (reference === 'SOLD' ? known : reference === 'GONE' ? null : undefined)),
    ),
};

const bought = (day: number, reference: string, unitPriceExclVat: number): Entity => {
  const date = new Date(Date.UTC(2020, 0, day)).toISOString();
  const [line] = anOrder().lines;
  return {
    type: 'order',
    id: newId(),
    value: anOrder({
      placedAt: date,
      placedOn: date.slice(0, 10),
      lines: [{ ...line!, reference, brand: 'Bosch', unitPriceExclVat }],
    }),
  };
};

let running: RunningService;
beforeAll(async () => {
  running = await startService({ prices: shop });
  await running.createAccount({
    email: 'a@example.org',
    password: 'right',
    entities: [
      ...Array.from({ length: 450 }, (_, day) => bought(day + 3, `P${day}`, 100 + day)),
      bought(1, 'OLD 1', 500),
      bought(2, 'OLD 1', 600),
      bought(900, 'GONE', 700),
    ],
  });
  await running.createAccount({ email: 'b@example.org', password: 'right' });
});
afterAll(() => running.close());

async function ask(email: string, ...references: string[]) {
  const { accessToken: token } = await signIn(running.url, email, 'right');
  const json = { parts: references.map((reference) => ({ reference, brand: 'BOSCH' })) };
  return PriceResponse.parse(await (await call(running.url, routes.prices, { token, json })).json()).prices;
}

it('come from the shop first, then from what the account paid last', async () => {
  const [sold, gone, old, newest, nobody] = await ask(
    'a@example.org',
    'SOLD',
    'GONE',
    'old-1',
    'P449',
    'NOTHING',
  );
  expect(sold).toEqual(known);
  // Bought once, but the shop says that it is not sold any more.
  expect(gone).toBeNull();
  expect(old).toEqual({ exclVat: 600, vatRate: 2000, currency: 'EUR', at: '2020-01-02T00:00:00.000Z' });
  expect(newest?.exclVat).toBe(549);
  expect(nobody).toBeNull();
});

it('never come from what another account paid', async () => {
  expect(await ask('b@example.org', 'SOLD', 'old-1', 'P449')).toEqual([known, null, null]);
});
